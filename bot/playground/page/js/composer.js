// Where somebody writes: text, a reply, an edit, a file, a command.

import { Attachment } from "./attach.js";
import { h, icon, iconButton } from "./dom.js";
import { gist } from "./media.js";
import { Suggestions } from "./suggestions.js";

const TALLEST = 160;

export class Composer {
  // `hands` is {write(text, replyTo), edit(message, text), file(kind, file, caption, replyTo)}, each -> Promise.
  constructor(name, hands) {
    this.hands = hands;
    this.drafts = new Map();
    this.place = null;
    this.target = null;
    this.editing = null;
    this.suggestions = new Suggestions(`${name}-commands`, (command, send) => this.#pick(command, send));
    this.attachment = new Attachment(() => this.#refresh());
    this.field = h("textarea", { class: "field-text", rows: "1", placeholder: "Message", "aria-label": "Message", "aria-autocomplete": "list", "aria-controls": `${name}-commands`, enterkeyhint: "send" });
    this.field.addEventListener("input", () => this.#refresh({ suggest: true }));
    this.field.addEventListener("keydown", (event) => this.#key(event));
    this.context = h("div", { class: "composer-context", hidden: true });
    this.commands = iconButton("slash", "Commands", () => this.#commands());
    this.sender = h("button", { type: "submit", class: "send", "aria-label": "Send", title: "Send" }, icon("send"));
    const line = h("div", { class: "composer-line" }, this.commands, this.attachment.node, this.field, this.sender);
    this.node = h("form", { class: "composer", "aria-label": "Write a message", novalidate: true }, this.suggestions.node, this.context, this.attachment.preview, line);
    this.node.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    this.attachment.listenOn(this.node);
  }

  // Go to another chat, or another writer: what is half-written stays with the old one.
  moveTo(place) {
    if (place === this.place) return;
    this.drafts.set(this.place, this.field.value);
    this.place = place;
    this.field.value = this.drafts.get(place) ?? "";
    this.attachment.clear();
    this.settle();
  }

  offer(commands) {
    this.suggestions.commands = commands;
    this.commands.hidden = commands.length === 0;
  }

  hint(text) {
    this.field.placeholder = text || "Message";
  }

  // `holdFocus` is for a reply the bot asked for while the person is busy elsewhere.
  reply(message, { holdFocus = false } = {}) {
    this.target = message;
    this.editing = null;
    this.#refresh();
    if (!holdFocus) this.field.focus();
  }

  edit(message) {
    this.editing = message;
    this.target = null;
    this.field.value = message.text;
    this.#refresh();
    this.field.focus();
  }

  // No reply, no edit.
  settle() {
    if (this.editing) this.field.value = "";
    this.hint("");
    this.target = null;
    this.editing = null;
    this.#refresh();
  }

  // The field is free at once: the bot may ask for a reply before the server has answered.
  async send() {
    const text = this.field.value.trim();
    const { editing, target, place } = this;
    const { file, kind } = this.attachment;
    if (!text && !file) return;
    this.field.value = "";
    this.attachment.clear();
    this.settle();
    if (await this.#handOver({ text, editing, target, file, kind })) return;
    if (this.place === place) this.#takeBack({ text, editing, target, file, kind });
    else this.drafts.set(place, text);
  }

  #handOver({ text, editing, target, file, kind }) {
    if (editing) return this.hands.edit(editing, text);
    if (file) return this.hands.file(kind, file, text, target?.message_id);
    return this.hands.write(text, target?.message_id);
  }

  // It was refused: nothing that was written is lost.
  #takeBack({ text, editing, target, file, kind }) {
    Object.assign(this, { editing, target });
    this.field.value = text;
    if (file) this.attachment.take(file, kind === "document");
    this.#refresh();
  }

  #commands() {
    this.suggestions.toggle();
    this.field.focus();
  }

  #pick(command, send) {
    this.field.value = `/${command} `;
    this.suggestions.close();
    this.#refresh();
    this.field.focus();
    if (send) this.send();
  }

  #key(event) {
    const taken = this.suggestions.takes(event);
    this.#markActive();
    if (taken || event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.send();
    } else if (event.key === "Escape") this.settle();
  }

  #markActive() {
    const { activeId } = this.suggestions;
    if (activeId) this.field.setAttribute("aria-activedescendant", activeId);
    else this.field.removeAttribute("aria-activedescendant");
  }

  #refresh({ suggest = false } = {}) {
    if (suggest) this.suggestions.match(this.field.value);
    else this.suggestions.close();
    this.#markActive();
    this.#showContext(this.editing ?? this.target);
    this.sender.disabled = this.field.value.trim() === "" && this.attachment.file === null;
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, TALLEST)}px`;
  }

  #showContext(message) {
    this.context.hidden = message === null;
    if (message === null) return;
    const title = this.editing ? "Edit message" : `Reply to ${message.from.name}`;
    this.context.replaceChildren(
      icon(this.editing ? "pen" : "back"),
      h("span", { class: "context-words" }, h("strong", {}, title), h("span", {}, gist(message))),
      iconButton("close", this.editing ? "Stop editing" : "Do not reply", () => this.settle()),
    );
  }
}
