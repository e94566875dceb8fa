// The bottom of a chat: where to write, the bot's own keys, or the one button that lets the bot in.

import { Composer } from "./composer.js";
import { h } from "./dom.js";
import { replyKeyboard } from "./keyboard.js";

export class Foot {
  constructor(pane, name) {
    Object.assign(this, { pane, store: pane.store, usedKeyboard: null, forced: null });
    this.composer = new Composer(name, {
      write: (text, replyTo) => pane.actions.write(text, replyTo),
      edit: (message, text) => pane.actions.edit(message, text),
      file: (...wishes) => pane.actions.file(...wishes),
    });
    this.node = h("div", { class: "pane-foot" });
  }

  draw(chat) {
    const shape = this.#shapeOf(chat);
    if (shape === "writing") this.#drawWriting(chat);
    else this.#drawStart(shape);
  }

  #shapeOf(chat) {
    if (!this.pane.isPrivate) return "writing";
    const status = this.store.botStatus(chat.id);
    if (status === "kicked") return "blocked";
    return status === "member" || this.store.messages.get(chat.id).size > 0 ? "writing" : "fresh";
  }

  #drawWriting(chat) {
    const keyboard = chat.keyboard === this.usedKeyboard ? null : chat.keyboard;
    if (!this.#isNews(`writing ${JSON.stringify(keyboard)}`)) return this.#forceReply(chat);
    const keys = replyKeyboard(keyboard, this.#keyHands(chat.keyboard));
    const held = this.node.contains(document.activeElement) ? document.activeElement : null;
    this.composer.hint(keyboard?.keyboard ? keyboard.input_field_placeholder : "");
    this.node.replaceChildren(this.composer.node, ...(keys ? [keys] : []));
    if (held) (held.isConnected ? held : this.composer.field).focus();
    return this.#forceReply(chat);
  }

  // The bot asked for an answer: it is offered once, until the person has written something.
  #forceReply({ id, keyboard }) {
    if (!keyboard?.force_reply || keyboard === this.forced) return;
    const asked = this.store.message(id, keyboard.message_id);
    if (!asked) return; // its message is still on the way
    this.forced = keyboard;
    const said = this.store.messagesOf(id).some((one) => one.message_id > asked.message_id && one.from.id === this.pane.viewer);
    if (said || this.composer.editing) return;
    this.composer.reply(asked, { holdFocus: !this.pane.node.contains(document.activeElement) });
    this.composer.hint(keyboard.input_field_placeholder);
  }

  #drawStart(shape) {
    if (!this.#isNews(shape)) return;
    const [label, run] = shape === "fresh" ? ["Start", () => this.pane.actions.start()] : ["Unblock", () => this.pane.actions.unblock()];
    this.node.replaceChildren(h("button", { type: "button", class: "start", onclick: run }, label));
  }

  #keyHands(keyboard) {
    const use = () => {
      if (keyboard.one_time_keyboard) this.usedKeyboard = keyboard;
    };
    return {
      write: async (text) => (await this.pane.actions.write(text)) && use(),
      contact: async () => (await this.pane.actions.contact()) && use(),
    };
  }

  #isNews(shape) {
    const told = `${this.pane.place} ${shape}`;
    const isNews = this.node.dataset.told !== told;
    this.node.dataset.told = told;
    return isNews;
  }
}
