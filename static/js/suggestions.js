// Suggestions below the search box (ARIA combobox). Searching is complete without this file.
const box = document.getElementById("search_field");
const [list, status] = box.form.querySelectorAll("[role=listbox], [role=status]");
const set = (name, value) => box.setAttribute(name, value);
const typed = () => box.value.trim().toLowerCase();
const go = (option) => { location.href = option.dataset.address; };
let timer, chosen;

const choose = (option) => {
  chosen?.setAttribute("aria-selected", false);
  option?.setAttribute("aria-selected", true);
  option?.scrollIntoView({ block: "nearest" });
  set("aria-activedescendant", option?.id ?? "");
  chosen = option;
};
const show = (options) => {
  list.innerHTML = options;
  const { length } = list.children;
  list.hidden = !length;
  set("aria-expanded", !!length);
  status.textContent = length ? `Suggestions: ${length}` : "";
  choose();
};
const ask = async () => {
  const text = typed();
  // Postcodes and e-mail addresses are not sent.
  const options = /^[\p{L}'’. -]{2,40}$/u.test(text)
    ? await fetch(list.dataset.address + encodeURIComponent(text)).then((it) => it.ok ? it.text() : "").catch(() => "") : "";
  if (text === typed() && box.matches(":focus")) show(options);
};

box.type = "text";
set("role", "combobox");
set("aria-autocomplete", "list");
set("aria-controls", list.id);
show("");
box.oninput = () => { clearTimeout(timer); timer = setTimeout(ask, 120); };
box.onblur = () => show("");
box.onkeydown = (event) => {
  const { key } = event;
  if (event.isComposing || list.hidden) return;
  if (key === "ArrowDown") choose(chosen ? chosen.nextElementSibling : list.firstElementChild);
  else if (key === "ArrowUp") choose(chosen ? chosen.previousElementSibling : list.lastElementChild);
  else if (key === "Escape") show("");
  else if (key === "Enter" && chosen) go(chosen);
  else return;
  event.preventDefault();
};
// The focus stays.
list.onmousedown = (event) => event.preventDefault();
list.onclick = ({ target }) => go(target.closest("li"));
