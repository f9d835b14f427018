// Comfort settings, kept on this device only. The site is complete without this file.
(() => {
  "use strict";
  const page = document.documentElement;
  const KEY = "comfort";
  const SWITCHES = [
    ["spacing-wide", "More space in the text"],
    ["width-narrow", "Shorter lines"],
    ["colour-less", "Fewer colours"],
  ];
  const PAPERS = [["", "Warm"], ["paper-white", "White"], ["paper-blue", "Blue"], ["paper-green", "Green"], ["paper-rose", "Rose"]];
  const KNOWN = [...SWITCHES, ...PAPERS].map(([name]) => name).filter(Boolean);

  // A browser may forbid storage: then the settings hold for this page only.
  const read = () => { try { return (localStorage.getItem(KEY) || "").split(" "); } catch { return []; } };
  const keep = (names) => { try { localStorage.setItem(KEY, names.join(" ")); } catch { return; } };

  // Staff who went on to the public site want nothing back any more: see staff-kept.js.
  try { sessionStorage.removeItem("sent-while-logged-out"); } catch { /* nothing is kept there */ }

  let chosen = read().filter((name) => KNOWN.includes(name));
  page.classList.add(...chosen);

  const make = (tag, properties, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };

  const choice = (type, name, words) =>
    make("label", {}, make("input", { type, name: "comfort_" + type, value: name, checked: name ? chosen.includes(name) : !chosen.some((n) => n.startsWith("paper-")) }), words);

  const panel = make("div", { className: "comfort-panel" },
    make("fieldset", {}, make("legend", { textContent: "Reading comfort" }), ...SWITCHES.map(([name, words]) => choice("checkbox", name, words))),
    make("fieldset", { className: "comfort-papers" }, make("legend", { textContent: "Paper colour" }), ...PAPERS.map(([name, words]) => choice("radio", name, words))),
    make("p", { textContent: "Kept on this device only." }));

  panel.addEventListener("change", () => {
    page.classList.remove(...KNOWN);
    chosen = [...panel.querySelectorAll("input:checked")].map((input) => input.value).filter(Boolean);
    page.classList.add(...chosen);
    keep(chosen);
  });

  const menu = document.getElementById("site_menu");
  const comfort = make("details", { className: "comfort" },
    make("summary", {}, "Aa", make("span", { className: "visually-hidden", textContent: ": reading comfort" })), panel);
  // So that only one of the two is open at a time.
  comfort.setAttribute("name", "header_panels");
  menu.before(comfort);

  document.addEventListener("keydown", (event) => {
    const open = document.querySelector(".top details[open]");
    if (event.key === "Escape" && open) {
      open.open = false;
      open.querySelector("summary").focus();
    }
  });

  // Browsers that cannot place a meaning beside its word show it at the bottom edge: at the top if the word is there.
  // And whoever goes on with the Tab key leaves it behind, or it would hide where they are.
  const meets = (one, other) => one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
  document.addEventListener("toggle", (event) => {
    const meaning = event.target;
    if (!meaning.matches(".meaning")) return;
    meaning.classList.remove("at-top");
    if (event.newState !== "open") return;
    const word = document.querySelector(`.term-open[popovertarget="${meaning.id}"]`).closest(".term");
    const box = meaning.getBoundingClientRect();
    meaning.classList.toggle("at-top", [...word.getClientRects()].some((line) => meets(line, box)));
  }, true);
  document.addEventListener("focusout", ({ target, relatedTarget: next }) => {
    const meaning = target.closest(".meaning:popover-open");
    if (next && meaning && !meaning.contains(next) && next.getAttribute("popovertarget") !== meaning.id) meaning.hidePopover();
  });
})();
