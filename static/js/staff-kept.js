// What staff sent after they had been logged out is kept in this tab until they have logged in, and offered again.
// It leaves the tab as soon as any other page answers: nothing stays that was saved, or that nobody wants back.
(() => {
  const KEY = "sent-while-logged-out";
  const { login } = document.currentScript.dataset;
  const here = location.pathname + location.search;
  const kept = JSON.parse(sessionStorage.getItem(KEY) || "null");
  const isLogin = location.pathname.startsWith(login);

  const notice = (...children) => {
    const box = document.createElement("div");
    box.className = "sent-before";
    box.setAttribute("role", "status");
    box.append(...children);
    document.querySelector("#content").prepend(box);
    return box;
  };

  const words = (text) => Object.assign(document.createElement("p"), { textContent: text });

  // The values of each name in their order, as a form has them several times: boxes to tick, and rows of one kind.
  const valuesByName = (fields) => {
    const found = new Map();
    for (const [name, value] of fields) found.set(name, [...(found.get(name) || []), value]);
    return found;
  };

  // Returns what has no place in the form as it is now, such as a row that was added.
  const putBack = (form, fields) => {
    const values = valuesByName(fields);
    for (const field of form.elements) {
      if (!field.name || field.name === "csrfmiddlewaretoken" || ["submit", "button", "file"].includes(field.type)) continue;
      const typed = values.get(field.name) || [];
      if (field.type === "checkbox" || field.type === "radio") field.checked = typed.includes(field.value);
      else if (field.multiple) for (const option of field.options) option.selected = typed.includes(option.value);
      else if (typed.length) field.value = typed[0];
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }
    return [...values].filter(([name, typed]) => !form.elements[name] && typed.some(Boolean));
  };

  const offer = (form) => {
    const button = Object.assign(document.createElement("button"),
      { type: "button", className: "button", textContent: "Put back what you typed" });
    const box = notice(words("You had been logged out, so what you typed was not saved."), button);
    button.addEventListener("click", () => {
      const left = putBack(form, kept.fields);
      box.replaceChildren(words("What you typed is back. Look it over, then save it."));
      if (left.length) {
        const list = document.createElement("ul");
        for (const [, typed] of left) list.append(Object.assign(document.createElement("li"), { textContent: typed.join(", ") }));
        box.append(words("These have no place on this page now:"), list);
      }
    });
  };

  // The form that a page is about: neither the search nor the ticks of a list. Passwords are kept nowhere.
  const form = [...document.querySelectorAll("#content form[method=post]")]
    .find((each) => each.id !== "changelist-form" && !each.querySelector("[type=password]"));

  if (isLogin) {
    if (kept) {
      sessionStorage.setItem(KEY, JSON.stringify({ ...kept, wasLoggedOut: true }));
      notice(words("You had been logged out, so this was not saved yet. Log in again: then you can put back what you typed."));
    }
    return;
  }
  sessionStorage.removeItem(KEY);
  if (!form) return;
  if (kept && kept.wasLoggedOut && kept.page === here) offer(form);
  form.addEventListener("submit", () => {
    const fields = [...new FormData(form)].filter(([name, value]) => name !== "csrfmiddlewaretoken" && typeof value === "string");
    sessionStorage.setItem(KEY, JSON.stringify({ page: here, fields }));
  });
})();
