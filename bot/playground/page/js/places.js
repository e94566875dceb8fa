// On a small screen one place is shown at a time; this bar goes between them.

import { h, icon } from "./dom.js";
import { badgeText } from "./unread.js";

const PLACES = [
  ["patient", "Patient", "phone"],
  ["clock", "Clock", "clock"],
  ["clinic", "Clinic", "clinic"],
];

export class Places {
  constructor(root, { onshow }) {
    this.onshow = onshow;
    this.buttons = new Map();
    for (const [name, label, picture] of PLACES) root.append(this.#button(name, label, picture));
    this.show("patient");
  }

  show(name) {
    document.body.dataset.shown = name;
    for (const [other, { button }] of this.buttons) {
      if (other === name) button.setAttribute("aria-current", "page");
      else button.removeAttribute("aria-current");
    }
    this.onshow();
  }

  count(name, unread) {
    const { badge } = this.buttons.get(name);
    badge.hidden = unread === 0;
    badge.textContent = badgeText(unread);
  }

  #button(name, label, picture) {
    const badge = h("span", { class: "count", hidden: true });
    const button = h("button", { type: "button", class: "place", onclick: () => this.show(name) }, h("span", { class: "place-face" }, icon(picture), badge), h("span", {}, label));
    this.buttons.set(name, { button, badge });
    return button;
  }
}
