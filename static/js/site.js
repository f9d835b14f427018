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
})();
