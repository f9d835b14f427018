/* Around django-markdownx: keeps the Tab key for moving on, and puts in pictures with a description. */
"use strict";

(() => {
  const token = () => document.querySelector("[name=csrfmiddlewaretoken]").value;

  // markdownx would turn Tab into an indent and trap people who use a keyboard (WCAG 2.1.2). The capturing phase
  // reaches the parent first.
  const freeTheTabKey = (box) =>
    box.addEventListener("keydown", (event) => event.key === "Tab" && event.stopPropagation(), true);

  const insert = (editor, text) => {
    editor.setRangeText(text, editor.selectionStart, editor.selectionEnd, "end");
    editor.dispatchEvent(new Event("input", { bubbles: true }));
    editor.focus();
  };

  const send = async (editor, file, description, say) => {
    const data = new FormData();
    data.append("image", file);
    data.append("alt", description);
    say("Uploading…");
    try {
      const headers = { "X-CSRFToken": token() };
      const response = await fetch(editor.dataset.markdownxUploadUrlsPath, { method: "POST", headers, body: data });
      const isJson = (response.headers.get("Content-Type") || "").includes("json");
      const answer = isJson ? await response.json() : { error: await response.text() };
      if (!response.ok) return say(`Not uploaded. ${answer.error}`);
      insert(editor, `\n\n${answer.image_code}\n\n`);
      say(description ? "The picture is in the text." : "The picture is in the text. Describe it between the brackets.");
    } catch {
      say("Not uploaded: the site could not be reached. Your text is still here. Try again in a moment.");
    }
  };

  const element = (name, properties, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };

  const addPictureTool = (box, editor) => {
    const file = element("input", { type: "file", accept: "image/jpeg,image/png,image/webp" });
    const description = element("input", { type: "text", maxLength: 250 });
    const button = element("button", { type: "button", textContent: "Put the picture in the text" });
    const message = element("output", {});
    const say = (text) => { message.textContent = text; };
    button.addEventListener("click", () =>
      file.files.length ? send(editor, file.files[0], description.value, say) : say("Choose a file first."));
    box.append(element("fieldset", { className: "add-picture" },
      element("legend", { textContent: "Add a picture" }),
      element("label", {}, "File (JPEG, PNG or WebP) ", file),
      element("label", {}, "What is to be seen, for people who cannot see it ", description),
      button, message));
    return say;
  };

  // Pasted and dropped pictures go the same way, so that a refusal is shown and never typed into the text.
  const takeOver = (editor, say) => {
    for (const kind of ["drop", "paste"]) {
      editor.addEventListener(kind, (event) => {
        const files = (event.dataTransfer || event.clipboardData).files;
        if (!files.length) return;
        event.preventDefault();
        event.stopImmediatePropagation();
        send(editor, files[0], "", say);
      }, true);
    }
  };

  const start = () => {
    for (const box of document.querySelectorAll(".markdownx")) {
      const editor = box.querySelector(".markdownx-editor");
      box.querySelector(".markdownx-preview").setAttribute("tabindex", "0");
      box.querySelector(".markdownx-preview").setAttribute("role", "region");
      box.querySelector(".markdownx-preview").setAttribute("aria-label", "Preview");
      freeTheTabKey(box);
      takeOver(editor, addPictureTool(box, editor));
    }
  };

  document.readyState === "loading" ? document.addEventListener("DOMContentLoaded", start) : start();
})();
