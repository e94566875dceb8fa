// A short word over a pane that goes away by itself.

import { h } from "./dom.js";

const STAYS = 4000;

export class Toasts {
  constructor() {
    this.node = h("div", { class: "toasts", role: "status", "aria-live": "polite" });
  }

  show(text, { isBad = false } = {}) {
    const toast = h("div", { class: isBad ? "toast bad" : "toast" }, text);
    this.node.replaceChildren(toast);
    setTimeout(() => toast.remove(), STAYS);
  }
}
