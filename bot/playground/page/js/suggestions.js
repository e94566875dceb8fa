// The bot's commands, offered while somebody types a slash.

import { h } from "./dom.js";

export class Suggestions {
  // `pick(command, send)`: a press sends the command, Tab only writes it.
  constructor(id, pick) {
    this.pick = pick;
    this.commands = [];
    this.shown = [];
    this.at = -1;
    this.node = h("div", { class: "suggestions", id, role: "listbox", "aria-label": "Commands", hidden: true });
  }

  get isOpen() {
    return !this.node.hidden;
  }

  get activeId() {
    return this.at >= 0 ? `${this.node.id}-${this.at}` : null;
  }

  match(text) {
    const typed = /^\/([\w]*)$/.exec(text);
    this.#offer(typed ? this.commands.filter((one) => one.command.startsWith(typed[1].toLowerCase())) : []);
  }

  toggle() {
    this.#offer(this.isOpen ? [] : this.commands);
  }

  close() {
    this.#offer([]);
  }

  // Whether the key was meant for this list.
  takes(event) {
    if (!this.isOpen) return false;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.#activate(this.at < 0 && step < 0 ? this.shown.length - 1 : (this.at + step + this.shown.length) % this.shown.length);
    } else if (event.key === "Escape") this.close();
    else if (event.key === "Tab" && !event.shiftKey) this.pick(this.shown[Math.max(0, this.at)].command, false);
    else if (event.key === "Enter" && this.at >= 0) this.pick(this.shown[this.at].command, true);
    else return false;
    event.preventDefault();
    return true;
  }

  #offer(commands) {
    this.shown = commands;
    this.at = -1;
    this.node.hidden = commands.length === 0;
    this.node.replaceChildren(...commands.map((one, at) => this.#option(one, at)));
  }

  #option(one, at) {
    return h(
      "div",
      {
        class: "suggestion",
        role: "option",
        id: `${this.node.id}-${at}`,
        "aria-selected": "false",
        onpointerdown: (event) => event.preventDefault(), // the text field keeps its focus
        onclick: () => this.pick(one.command, true),
      },
      h("span", { class: "suggestion-command" }, `/${one.command}`),
      h("span", { class: "faint" }, one.description),
    );
  }

  #activate(at) {
    this.at = at;
    [...this.node.children].forEach((option, index) => option.setAttribute("aria-selected", String(index === at)));
    this.node.children[at]?.scrollIntoView({ block: "nearest" });
  }
}
