// A file on its way into the chat: chosen, dropped or pasted, shown before it is sent.

import { h, iconButton } from "./dom.js";
import { sizeText } from "./media.js";
import { openMenu } from "./menu.js";

export class Attachment {
  constructor(onchange) {
    this.onchange = onchange;
    this.file = null;
    this.kind = null;
    this.photos = this.#input("image/*,video/*", "Photo or video");
    this.files = this.#input("", "File");
    this.button = iconButton("attach", "Attach a photo or a file", (event) => this.#offer(event.currentTarget), { "aria-haspopup": "menu" });
    this.preview = h("div", { class: "attached", hidden: true });
    this.node = h("span", { class: "attach" }, this.button, this.photos, this.files);
  }

  take(file, asDocument = false) {
    this.file = file;
    this.kind = asDocument ? "document" : kindOf(file);
    this.#show();
    this.onchange();
  }

  clear() {
    this.file = null;
    this.#show();
  }

  // Files dropped on this node, or pasted into it, are taken.
  listenOn(node) {
    node.addEventListener("dragover", (event) => event.preventDefault());
    node.addEventListener("drop", (event) => this.#arrived(event, event.dataTransfer));
    node.addEventListener("paste", (event) => this.#arrived(event, event.clipboardData));
  }

  #arrived(event, data) {
    const [file] = data?.files ?? [];
    if (event.type === "drop") event.preventDefault();
    if (!file) return;
    event.preventDefault();
    this.take(file);
  }

  #offer(anchor) {
    openMenu(anchor, [
      { icon: "camera", label: "Photo or video", run: () => this.photos.click() },
      { icon: "file", label: "File", run: () => this.files.click() },
    ]);
  }

  #input(accept, label) {
    const input = h("input", { type: "file", accept, hidden: true, "aria-label": label });
    input.addEventListener("change", () => {
      if (input.files[0]) this.take(input.files[0], input === this.files);
      input.value = "";
    });
    return input;
  }

  #show() {
    this.preview.hidden = this.file === null;
    if (this.picture) URL.revokeObjectURL(this.picture);
    this.picture = this.file && this.kind === "photo" ? URL.createObjectURL(this.file) : null;
    if (this.file === null) return;
    this.preview.replaceChildren(
      this.picture ? h("img", { src: this.picture, alt: "" }) : "",
      h("span", { class: "attached-name" }, this.file.name || this.kind, h("span", { class: "faint" }, ` ${sizeText(this.file.size)}`)),
      iconButton("close", "Remove the attachment", () => {
        this.clear();
        this.onchange();
      }),
    );
  }
}

function kindOf(file) {
  if (file.type.startsWith("image/") && file.type !== "image/svg+xml") return "photo";
  if (file.type.startsWith("video/")) return "video";
  return file.type.startsWith("audio/ogg") ? "voice" : "document";
}
