// Suggestions below the search box, which searches without them (ARIA combobox).
const box = document.getElementById("search_field");
const [list, status] = box.form.querySelectorAll("[role=listbox], [role=status]");
const set = (name, value) => box.setAttribute(name, value);
let timer, asked, chosen;

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
  const text = asked = box.value.trim().toLowerCase();
  // No postcode, phone number or e-mail address.
  const options = /^(?!.*\b([a-z]{1,2}\d|0\d|\d{5}))[\p{L}\d'’.,&() -]{2,40}$/u.test(text)
    && await fetch(list.dataset.address + encodeURIComponent(text)).then((it) => it.ok && it.text()).catch(() => "");
  if (text === asked) show(options || "");
};
const wait = () => { clearTimeout(timer); asked = ""; choose(); };
const close = () => { wait(); show(""); };
const go = (option) => option && location.assign(option.dataset.address);

box.type = "text";
set("role", "combobox");
set("aria-autocomplete", "list");
close();
box.oninput = () => { wait(); timer = setTimeout(ask, 120); };
box.onblur = close;
box.onkeydown = (event) => {
  const { key } = event;
  if (event.isComposing) return;
  if (key === "ArrowDown") choose(chosen ? chosen.nextElementSibling : list.firstElementChild);
  else if (key === "ArrowUp") choose(chosen ? chosen.previousElementSibling : list.lastElementChild);
  else if (key === "Escape") close();
  else if (key === "Enter" && chosen) go(chosen);
  else return choose();
  event.preventDefault();
};
list.onmousedown = () => false;
list.onclick = ({ target }) => go(target.closest("li"));
