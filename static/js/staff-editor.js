/* Around django-markdownx: a keyboard that works as everywhere, pictures with a description, nothing lost unseen. */
"use strict";

(() => {
  // As it is now: logging in again in another tab makes a new one.
  const token = () => (document.cookie.match(/(?:^|; )(?:__Host-)?csrftoken=([^;]+)/) || [])[1]
    || document.querySelector("[name=csrfmiddlewaretoken]").value;

  // markdownx turns Tab into an indent, which traps people who use a keyboard (WCAG 2.1.2), and its other shortcuts
  // change the first line that looks like the current one. The capturing phase reaches the parent first.
  const freeTheKeys = (box, editor) =>
    box.addEventListener("keydown", (event) => event.target === editor && event.stopPropagation(), true);

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
      const type = response.headers.get("Content-Type") || "";
      const answer = type.includes("json") ? await response.json()
        : { error: type.includes("plain") ? await response.text() : "Something went wrong. Your text is still here. Try again." };
      if (!response.ok) return say(`Not uploaded. ${answer.error}`);
      insert(editor, `\n\n${answer.image_code}\n\n`);
      say(description ? "The picture is in the text." : "The picture is in the text. Describe it between the square brackets.");
      return true;
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
    button.addEventListener("click", async () => {
      if (!file.files.length) return say("Choose a file first.");
      if (await send(editor, file.files[0], description.value, say)) file.value = description.value = "";
    });
    // Return in the description means "put it in", not "save the whole guide".
    description.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      button.click();
    });
    box.append(element("fieldset", { className: "add-picture" },
      element("legend", { textContent: "Add a picture" }),
      element("label", {}, "File (JPEG, PNG or WebP)", file),
      element("label", {}, "What is to be seen, for people who cannot see it", description),
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

  // The preview asks the site after every change, so it notices first that somebody was logged out. markdownx shows
  // whatever the site answers: only what our own template made is a preview.
  const tellOfLostPreview = (box, preview) => {
    const tell = () => {
      preview.replaceChildren(element("p", { className: "preview-lost", textContent:
        "The preview could not be made. Before you save, look in another tab whether you are still logged in and the site "
        + "can be reached. Your text is still here." }));
    };
    box.addEventListener("markdownx.update", () => preview.querySelector(".preview-text") || tell());
    box.addEventListener("markdownx.updateError", tell);
  };

  // The preview is made anew after every change: what was unfolded in it stays so.
  const keepUnfolded = (box, preview) => {
    let isOpen = false;
    preview.addEventListener("toggle", ({ target }) => { if (target.matches(".how-it-reads")) isOpen = target.open; }, true);
    box.addEventListener("markdownx.update", () => {
      const advice = preview.querySelector(".how-it-reads");
      if (advice) advice.open = isOpen;
    });
  };

  // Where the cookie has another name than markdownx knows, it takes the token for its preview from the page's first
  // form.
  const renewTokens = () => {
    for (const hidden of document.querySelectorAll("[name=csrfmiddlewaretoken]")) hidden.value = token();
  };

  const keepUnsaved = (form) => {
    let isUnsaved = false;
    form.addEventListener("input", () => {
      isUnsaved = true;
      renewTokens();
    });
    form.addEventListener("submit", () => {
      isUnsaved = false;
      renewTokens();
    });
    window.addEventListener("beforeunload", (event) => { if (isUnsaved) event.preventDefault(); });
  };

  const start = () => {
    for (const box of document.querySelectorAll(".markdownx")) {
      const editor = box.querySelector(".markdownx-editor");
      const preview = box.querySelector(".markdownx-preview");
      preview.tabIndex = 0;
      preview.setAttribute("role", "region");
      preview.setAttribute("aria-label", "Preview");
      freeTheKeys(box, editor);
      takeOver(editor, addPictureTool(box, editor));
      tellOfLostPreview(box, preview);
      keepUnfolded(box, preview);
      keepUnsaved(editor.form);
    }
  };

  document.readyState === "loading" ? document.addEventListener("DOMContentLoaded", start) : start();
})();
