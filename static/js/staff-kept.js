// What staff sent after they had been logged out is kept in this tab until they have logged in, and offered again to
// the same person. It leaves the tab with the next page that is not the log-in, here or on the public site.
(() => {
  const KEY = "sent-while-logged-out";
  const { login, person } = document.currentScript.dataset;
  const here = location.pathname + location.search;

  // A browser may forbid storage: then nothing is kept.
  const read = () => { try { return JSON.parse(sessionStorage.getItem(KEY) || "null"); } catch { return null; } };
  const keep = (what) => { try { sessionStorage.setItem(KEY, JSON.stringify(what)); } catch { return; } };
  const forget = () => { try { sessionStorage.removeItem(KEY); } catch { return; } };

  const element = (tag, properties) => Object.assign(document.createElement(tag), properties);

  const notice = (...children) => {
    const box = element("div", { className: "sent-before" });
    box.setAttribute("role", "status");
    box.append(...children);
    document.querySelector("#content").prepend(box);
    return box;
  };

  // A form for typing that is sent to its own page; with a password in it, it is kept nowhere.
  const isKept = (form) => form.id !== "changelist-form" && !form.querySelector("[type=password]")
    && form.querySelector("textarea, select, input:not([type=hidden], [type=submit], [type=button])")
    && new URL(form.getAttribute("action") || here, location.href).pathname === location.pathname;

  // Returns what has no place in the form as it is now, such as a row that was added.
  const putBack = (form, fields) => {
    const values = new Map();
    for (const [name, value] of fields) values.set(name, [...(values.get(name) || []), value]);
    const left = [...values].filter(([name, typed]) => !form.elements[name] && typed.some(Boolean));
    for (const field of form.elements) {
      if (!field.name || field.name === "csrfmiddlewaretoken" || ["submit", "button", "file"].includes(field.type)) continue;
      const typed = values.get(field.name) || [];
      if (field.type === "checkbox" || field.type === "radio") field.checked = typed.includes(field.value);
      else if (field.options) {
        for (const option of field.options) option.selected = typed.includes(option.value);
        const known = [...field.options].map((option) => option.value);
        if (!typed.every((value) => known.includes(value))) left.push([field.name, typed]);
      } else if (typed.length) [field.value] = typed;
      for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
    }
    return left;
  };

  const offer = (form, fields) => {
    const button = element("button", { type: "button", className: "button", textContent: "Put back what you typed" });
    const box = notice(element("p", { textContent: "You had been logged out, so what you typed was not saved." }), button);
    button.addEventListener("click", () => {
      const left = putBack(form, fields);
      box.replaceChildren(element("p", { textContent: "What you typed is back. Look it over, then save it." }));
      if (!left.length) return;
      const list = element("ul", {});
      list.append(...left.map(([, typed]) => element("li", { textContent: typed.join(", ") })));
      box.append(element("p", { textContent: "These have no place on this page now:" }), list);
    });
  };

  const kept = read();
  if (location.pathname.startsWith(login)) {
    if (!kept) return;
    keep({ ...kept, wasLoggedOut: true });
    notice(element("p", { textContent:
      "You had been logged out, so this was not saved yet. Log in again: then you can put back what you typed." }));
    return;
  }
  forget();
  const form = [...document.querySelectorAll("#content form[method=post]")].find(isKept);
  if (!form) return;
  if (kept && kept.wasLoggedOut && kept.page === here && kept.person === person) offer(form, kept.fields);
  form.addEventListener("submit", () => {
    const fields = [...new FormData(form)].filter(([name, value]) => name !== "csrfmiddlewaretoken" && typeof value === "string");
    keep({ page: here, person, fields });
  });
})();
