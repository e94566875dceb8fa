// The top of a chat: with whom, what the bot is busy with, what is pinned, which topics there are.

import { avatar } from "./avatar.js";
import { h, icon, iconButton } from "./dom.js";
import { gist } from "./media.js";
import { isPresent } from "./store.js";

const BUSY_WITH = { typing: "typing", upload_photo: "sending a photo", upload_document: "sending a file" };

export class Head {
  // `pane` is whose head it is; `actions.menuOfChat` opens at its button.
  constructor(pane) {
    Object.assign(this, { pane, store: pane.store });
    this.title = h("header", { class: "pane-head" });
    this.pins = h("div", { class: "pins", hidden: true });
    this.topics = h("div", { class: "topics", role: "group", "aria-label": "Topics", hidden: true });
    this.nodes = [this.title, this.pins, this.topics];
  }

  draw(chat) {
    this.#drawTitle(chat);
    this.#drawPins(chat);
    this.#drawTopics(chat);
  }

  #drawTitle(chat) {
    const { isPrivate } = this.pane;
    const { bot } = this.store;
    const title = isPrivate ? bot.name : chat.title;
    const busy = this.store.busy.get(chat.id);
    const line = busy ? `${isPrivate ? "" : `${bot.name} is `}${BUSY_WITH[busy] ?? "busy"}…` : stillLine(chat, isPrivate);
    const told = [title, line, chat.id].join("|");
    if (this.title.dataset.told === told) return;
    this.title.dataset.told = told;
    this.pane.node.setAttribute("aria-label", title);
    const words = h("div", { class: "head-words" }, h("h2", {}, title), h("div", { class: busy ? "busy" : "faint" }, line));
    const open = (event) => this.pane.actions.menuOfChat(event.currentTarget);
    const more = isPrivate ? [iconButton("more", "Chat actions", open, { "aria-haspopup": "menu" })] : [];
    const held = this.title.contains(document.activeElement);
    this.title.replaceChildren(avatar(title, isPrivate ? bot.id : chat.id), words, ...more);
    if (held) more[0]?.focus();
  }

  #drawPins(chat) {
    const pinned = this.store.message(chat.id, chat.pins.at(-1));
    this.pins.hidden = !pinned;
    const told = pinned ? `${chat.id} ${chat.pins} ${gist(pinned)}` : "";
    if (!pinned || this.pins.dataset.told === told) return;
    this.pins.dataset.told = told;
    const more = chat.pins.length > 1 ? ` (${chat.pins.length})` : "";
    const words = h("span", { class: "pin-words" }, h("strong", {}, `Pinned message${more}`), h("span", {}, gist(pinned)));
    const jump = () => this.pane.history.jump(pinned.message_id);
    this.pins.replaceChildren(h("button", { type: "button", class: "pin", onclick: jump }, icon("pin"), words));
  }

  #drawTopics(chat) {
    this.topics.hidden = !chat.is_forum;
    const told = JSON.stringify([chat.topics, this.pane.thread]);
    if (!chat.is_forum || this.topics.dataset.told === told) return;
    this.topics.dataset.told = told;
    const held = this.topics.contains(document.activeElement);
    this.topics.replaceChildren(...[{ thread_id: null, name: "General" }, ...chat.topics].map((topic) => this.#chip(topic)));
    if (held) this.topics.querySelector('[aria-pressed="true"]')?.focus();
  }

  #chip(topic) {
    const isShown = this.pane.thread === topic.thread_id;
    const name = topic.is_closed ? `${topic.name} (closed)` : topic.name;
    const show = () => this.pane.showTopic(topic.thread_id);
    return h("button", { type: "button", class: "topic", "aria-pressed": String(isShown), onclick: show }, name);
  }
}

function stillLine(chat, isPrivate) {
  if (isPrivate) return "bot";
  const present = chat.members.filter(isPresent).length;
  return `${present} member${present === 1 ? "" : "s"}`;
}
