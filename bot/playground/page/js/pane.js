// One chat on one screen: its head, its pins, its messages and where to write.

import { avatar } from "./avatar.js";
import { Composer } from "./composer.js";
import { act, readMenu, sendFile } from "./deeds.js";
import { confirmed, say, showPhoto } from "./dialogs.js";
import { h, icon, iconButton, soon } from "./dom.js";
import { History } from "./history.js";
import { replyKeyboard } from "./keyboard.js";
import { readLink } from "./links.js";
import { gist } from "./media.js";
import { onAsked, openMenu } from "./menu.js";
import { isPresent } from "./store.js";
import { Toasts } from "./toast.js";

const TYPING_LASTS = 5000;
const ANSWER_WITHIN = 15_000;
const BUSY_WITH = { typing: "typing", upload_photo: "sending a photo", upload_document: "sending a file" };

export class Pane {
  // `page` is {store, unread, wall(), openLink(link, viewer)}; `name` makes ids on the page unique.
  constructor(name, page) {
    this.page = page;
    this.store = page.store;
    this.name = name;
    this.viewer = null;
    this.chat = null;
    this.thread = null;
    this.toasts = new Toasts();
    this.announcer = h("div", { class: "unseen", "aria-live": "polite" });
    this.head = h("header", { class: "pane-head" });
    this.pins = h("div", { class: "pins", hidden: true });
    this.topics = h("div", { class: "topics", role: "group", "aria-label": "Topics", hidden: true });
    this.composer = new Composer(name, this.#writing());
    this.foot = h("div", { class: "pane-foot" });
    this.history = new History(this.#view());
    this.node = h("div", { class: "pane" }, this.head, this.pins, this.topics, this.history.node, this.toasts.node, this.foot, this.announcer);
    this.draw = soon(() => this.#draw());
    this.store.listen((event) => this.#hear(event));
  }

  // Show this chat as this person sees it.
  show(viewer, chat) {
    if (viewer === this.viewer && chat === this.chat) return;
    Object.assign(this, { viewer, chat, thread: null });
    this.history.clear();
    this.composer.moveTo(this.#place());
    this.#learnCommands();
    this.draw();
  }

  get isSeen() {
    return this.node.clientHeight > 0 && !document.hidden;
  }

  async write(text, replyTo = null) {
    return this.#try(() => act("write", { person: this.viewer, chat: this.chat, text, thread: this.thread, reply_to: replyTo }));
  }

  async #try(deed) {
    try {
      this.history.toEnd();
      return (await deed()) ?? true;
    } catch (error) {
      this.toasts.show(error.message, { isBad: true });
      return null;
    }
  }

  #place() {
    return `${this.viewer} ${this.chat} ${this.thread}`;
  }

  #writing() {
    const where = (replyTo) => ({ person: this.viewer, chat: this.chat, thread: this.thread, reply_to: replyTo });
    return {
      write: (text, replyTo) => this.write(text, replyTo),
      edit: (message, text) => this.#try(() => act("edit", { person: this.viewer, chat: this.chat, message_id: message.message_id, text })),
      file: (kind, file, caption, replyTo) => this.#try(() => sendFile(kind, file, { ...where(replyTo), caption })),
    };
  }

  #view() {
    const pane = this;
    return {
      store: this.store,
      hands: this.#hands(),
      get viewer() {
        return pane.viewer;
      },
      get wall() {
        return pane.page.wall();
      },
      get isGroup() {
        return pane.viewer !== pane.chat;
      },
      stamp: (item) => this.#stamp(item),
      jump: (messageId) => this.history.jump(messageId),
      menu: (message, anchor) => this.#menu(message, anchor),
      offerMenu: (node, message) => onAsked(node, (point) => this.#menu(message, node, point)),
      photo: showPhoto,
      react: (message, emoji) => this.#react(message, emoji),
      seen: () => this.#see(),
    };
  }

  #hands() {
    const { store } = this;
    return {
      get botName() {
        return store.bot.username;
      },
      open: (link) => this.page.openLink(link, this.viewer),
      address: (url) => this.#follow(url),
      command: (text) => this.write(text),
      copy: (text) => this.#copy(text),
      refuse: () => this.toasts.show("This kind of button is not playable here"),
      tap: (message, data) => this.#tap(message, data),
      isWaiting: (message, data) => this.store.isWaiting(this.chat, message.message_id, this.viewer, data),
    };
  }

  // What besides the messages themselves changes how they look.
  #stamp(item) {
    const [message] = item.messages;
    if (!message) return "";
    const waiting = message.buttons.flat().filter((one) => one.callback_data && this.store.isWaiting(this.chat, message.message_id, this.viewer, one.callback_data));
    const target = message.reply_to === null ? null : this.store.message(this.chat, message.reply_to);
    return [this.viewer, waiting.map((one) => one.callback_data).join(" "), target ? gist(target) : ""].join("|");
  }

  #follow(url) {
    const link = readLink(url, this.store.bot.username);
    if (link?.kind === "start") this.page.openLink(link, this.viewer);
    else if (link) window.open(link.href, "_blank", "noopener,noreferrer");
    else this.toasts.show("This address cannot be opened here", { isBad: true });
  }

  async #copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      this.toasts.show("Copied");
    } catch {
      await say("Copy this", text);
    }
  }

  async #tap(message, data) {
    if (this.store.isWaiting(this.chat, message.message_id, this.viewer, data)) return;
    try {
      const query = await act("tap", { person: this.viewer, chat: this.chat, message_id: message.message_id, data });
      setTimeout(() => this.store.forgetTap(query), ANSWER_WITHIN);
    } catch (error) {
      this.toasts.show(error.message, { isBad: true });
    }
  }

  async #react(message, emoji) {
    try {
      await act("react", { person: this.viewer, chat: this.chat, message_id: message.message_id, emoji });
    } catch (error) {
      this.toasts.show(error.message, { isBad: true });
    }
  }

  #menu(message, anchor, point = null) {
    const deed = (name, more = {}) => this.#try(() => act(name, { person: this.viewer, chat: this.chat, ...more }));
    const mine = message.from.id === this.viewer;
    const isPrivate = this.viewer === this.chat;
    const ruler = isPrivate || this.store.member(this.chat, this.viewer)?.status === "creator";
    const chosen = message.reactions.find((one) => one.person_id === this.viewer)?.emoji ?? null;
    const entries = [
      { icon: "back", label: "Reply", run: () => this.composer.reply(message) },
      message.text && { icon: "copy", label: "Copy text", run: () => this.#copy(message.text) },
      mine && { icon: "pen", label: "Edit", run: () => this.composer.edit(message) },
      ruler && { icon: "pin", label: "Pin", run: () => deed("pin", { message_id: message.message_id }) },
      (mine || ruler) && { icon: "trash", label: "Delete", isDanger: true, run: () => deed("delete", { message_ids: [message.message_id] }) },
    ];
    openMenu(anchor, entries.filter(Boolean), { chosen, react: (emoji) => this.#react(message, emoji) }, point);
  }

  #hear(event) {
    if (event.kind === "menu" || event.kind === "reset") this.#learnCommands();
    if (event.chat_id !== undefined && event.chat_id !== this.chat) return;
    if (event.kind === "message") this.#arrived(event.message);
    if (event.kind === "answered") this.#answered(event);
    if (event.kind === "typing") this.#forgetBusyLater();
    if (event.kind === "keyboard" && event.keyboard?.force_reply) this.#forceReply(event.keyboard);
    this.draw();
  }

  #arrived(message) {
    if (message.from.id === this.viewer) this.history.toEnd();
    else if (!message.service && this.isSeen) this.announcer.replaceChildren(h("p", {}, `${message.from.name}: ${gist(message)}`));
  }

  #answered(event) {
    if (event.person_id !== this.viewer) return;
    if (event.text && event.show_alert) say(this.store.bot.name, event.text);
    else if (event.text) this.toasts.show(event.text);
    if (event.url) this.#follow(event.url);
  }

  #forgetBusyLater() {
    clearTimeout(this.busyEnds);
    const chat = this.chat;
    this.busyEnds = setTimeout(() => {
      this.store.busy.delete(chat);
      this.draw();
    }, TYPING_LASTS);
  }

  #forceReply(keyboard) {
    const target = this.store.message(this.chat, keyboard.message_id);
    if (target && !this.composer.editing) this.composer.reply(target);
  }

  async #learnCommands() {
    if (this.viewer === null || this.chat === null) return;
    const place = this.#place();
    const menu = await readMenu(this.viewer, this.chat).catch(() => ({ commands: [] }));
    if (place === this.#place()) this.composer.offer(menu.commands);
  }

  #see() {
    if (this.chat === null || !this.isSeen || !this.history.isAtEnd) return;
    const before = this.page.unread.count(this.viewer, this.chat);
    this.page.unread.see(this.viewer, this.chat);
    if (before > 0) this.page.counted();
  }

  #draw() {
    const chat = this.store.chats.get(this.chat);
    if (!chat) return;
    this.#drawHead(chat);
    this.#drawPins(chat);
    this.#drawTopics(chat);
    const all = this.store.messagesOf(this.chat);
    const messages = chat.is_forum ? all.filter((one) => one.thread_id === this.thread) : all;
    this.history.show(messages, this.#ending(chat, messages));
    this.history.count(this.page.unread.count(this.viewer, this.chat));
    this.#drawFoot(chat);
    this.#see();
  }

  #drawHead(chat) {
    const isPrivate = this.viewer === this.chat;
    const title = isPrivate ? this.store.bot.name : chat.title;
    const busy = this.store.busy.get(this.chat);
    const present = chat.members.filter(isPresent).length;
    const still = isPrivate ? "bot" : `${present} member${present === 1 ? "" : "s"}`;
    const line = busy ? `${isPrivate ? "" : `${this.store.bot.name} is `}${BUSY_WITH[busy] ?? "busy"}…` : still;
    const told = `${title}|${line}|${isPrivate ? this.store.botStatus(this.chat) : ""}|${this.viewer}|${this.chat}`;
    if (this.head.dataset.told === told) return;
    this.head.dataset.told = told;
    const words = h("div", { class: "head-words" }, h("h2", {}, title), h("div", { class: busy ? "busy" : "faint" }, line));
    const more = isPrivate ? iconButton("more", "Chat actions", (event) => this.#chatMenu(event.currentTarget), { "aria-haspopup": "menu" }) : null;
    this.head.replaceChildren(avatar(title, isPrivate ? this.store.bot.id : this.chat), words, ...(more ? [more] : []));
  }

  #chatMenu(anchor) {
    const isBlocked = this.store.botStatus(this.chat) === "kicked";
    const set = (deed) => this.#try(() => act(deed, { person: this.viewer }));
    const block = async () => {
      if (await confirmed("Block the bot?", "It cannot write to this person until they unblock it.", "Block")) set("block");
    };
    const again = { icon: "play", label: "Send /start", run: () => set("start") };
    openMenu(anchor, [again, isBlocked ? { icon: "check", label: "Unblock the bot", run: () => set("unblock") } : { icon: "close", label: "Block the bot", isDanger: true, run: block }]);
  }

  #drawPins(chat) {
    const pinned = this.store.message(this.chat, chat.pins.at(-1));
    this.pins.hidden = !pinned;
    if (!pinned) return;
    const more = chat.pins.length > 1 ? ` (${chat.pins.length})` : "";
    const jump = () => this.history.jump(pinned.message_id);
    this.pins.replaceChildren(h("button", { type: "button", class: "pin", onclick: jump }, icon("pin"), h("span", { class: "pin-words" }, h("strong", {}, `Pinned message${more}`), h("span", {}, gist(pinned)))));
  }

  #drawTopics(chat) {
    this.topics.hidden = !chat.is_forum;
    if (!chat.is_forum) return;
    const named = [{ thread_id: null, name: "General" }, ...chat.topics];
    const chips = named.map((topic) =>
      h("button", { type: "button", class: "topic", "aria-pressed": String(this.thread === topic.thread_id), onclick: () => this.#showTopic(topic.thread_id) }, topic.is_closed ? `${topic.name} (closed)` : topic.name),
    );
    this.topics.replaceChildren(...chips);
  }

  #showTopic(thread) {
    this.thread = thread;
    this.history.clear();
    this.composer.moveTo(this.#place());
    this.draw();
  }

  #ending(chat, messages) {
    if (this.store.busy.has(this.chat)) return h("div", { class: "typing", "aria-hidden": "true" }, h("span"), h("span"), h("span"));
    if (messages.length > 0) return null;
    const about = this.viewer === this.chat ? this.store.bot.description : "";
    return h("div", { class: "empty" }, h("p", {}, about || "No messages here yet."));
  }

  #drawFoot(chat) {
    const status = this.viewer === this.chat ? this.store.botStatus(this.chat) : "member";
    const started = status === "member" || this.store.messages.get(this.chat).size > 0;
    const shape = status === "kicked" ? "blocked" : started ? "writing" : "fresh";
    if (shape !== "writing") return this.#drawStart(shape);
    const keyboard = chat.keyboard === this.usedKeyboard ? null : chat.keyboard;
    const keys = replyKeyboard(keyboard, this.#keyHands(chat.keyboard));
    const told = `writing ${JSON.stringify(keyboard)} ${this.#place()}`;
    if (this.foot.dataset.told === told) return undefined;
    this.foot.dataset.told = told;
    this.composer.hint(chat.keyboard?.input_field_placeholder);
    const held = this.foot.contains(document.activeElement) ? document.activeElement : null;
    this.foot.replaceChildren(this.composer.node, ...(keys ? [keys] : []));
    if (held) (held.isConnected ? held : this.composer.field).focus();
    return undefined;
  }

  #keyHands(keyboard) {
    const use = () => {
      if (keyboard.one_time_keyboard) this.usedKeyboard = keyboard;
    };
    return {
      write: async (text) => (await this.write(text)) && use(),
      contact: async () => (await this.#contact()) && use(),
    };
  }

  #drawStart(shape) {
    const told = `${shape} ${this.#place()}`;
    if (this.foot.dataset.told === told) return;
    this.foot.dataset.told = told;
    const [label, deed] = shape === "fresh" ? ["Start", "start"] : ["Unblock", "unblock"];
    this.foot.replaceChildren(h("button", { type: "button", class: "start", onclick: () => this.#try(() => act(deed, { person: this.viewer })) }, label));
  }

  async #contact() {
    const isFine = await confirmed("Share your phone number?", "The bot will know the number of this account.", "Share");
    return isFine && this.#try(() => act("contact", { person: this.viewer, chat: this.chat }));
  }
}
