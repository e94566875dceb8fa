// One chat on one screen, as one person sees it.

import { Actions } from "./actions.js";
import { readMenu } from "./deeds.js";
import { say, showPhoto } from "./dialogs.js";
import { h, soon } from "./dom.js";
import { Foot } from "./foot.js";
import { Head } from "./head.js";
import { History } from "./history.js";
import { gist } from "./media.js";
import { onAsked } from "./menu.js";
import { Toasts } from "./toast.js";

const TYPING_LASTS = 5000;

export class Pane {
  // `page` is {store, unread, wall(), openLink(link, viewer), counted()}; `name` makes ids on the page unique.
  constructor(name, page) {
    Object.assign(this, { page, store: page.store, viewer: null, chat: null, thread: null });
    this.toasts = new Toasts();
    this.actions = new Actions(this);
    this.head = new Head(this);
    this.foot = new Foot(this, name);
    this.composer = this.foot.composer;
    this.history = new History(this.#view());
    this.announcer = h("div", { class: "unseen", "aria-live": "polite" });
    this.node = h("div", { class: "pane", role: "tabpanel" }, this.head.nodes, this.history.node, this.toasts.node, this.foot.node, this.announcer);
    this.draw = soon(() => this.#draw());
    this.store.listen((event) => this.#hear(event));
  }

  show(viewer, chat) {
    if (viewer === this.viewer && chat === this.chat) return;
    Object.assign(this, { viewer, chat });
    this.showTopic(null);
    this.#learnCommands();
  }

  showTopic(thread) {
    this.thread = thread;
    this.history.clear();
    this.composer.moveTo(this.place);
    this.announcer.replaceChildren();
    this.draw();
  }

  get isPrivate() {
    return this.viewer === this.chat;
  }

  get place() {
    return `${this.viewer} ${this.chat} ${this.thread}`;
  }

  get isSeen() {
    return this.node.clientHeight > 0 && !document.hidden;
  }

  // What messages need to be drawn and pressed.
  #view() {
    const { actions, page, store } = this;
    const pane = this;
    return {
      store,
      get viewer() {
        return pane.viewer;
      },
      get wall() {
        return page.wall();
      },
      get isGroup() {
        return !pane.isPrivate;
      },
      hands: this.#hands(),
      stamp: (item) => this.#stamp(item),
      jump: (messageId) => this.history.jump(messageId),
      menu: (message, anchor) => actions.menuOf(message, anchor),
      offerMenu: (node, message) => onAsked(node, (point) => actions.menuOf(message, node, point)),
      photo: showPhoto,
      react: (message, emoji) => actions.react(message, emoji),
      seen: () => this.#see(),
    };
  }

  #hands() {
    const { actions, page, store } = this;
    return {
      get botName() {
        return store.bot.username;
      },
      open: (link) => page.openLink(link, this.viewer),
      address: (url) => actions.follow(url),
      command: (text) => actions.write(text),
      copy: (text) => actions.copy(text),
      refuse: () => actions.complain("This kind of button is not playable here"),
      tap: (message, data) => actions.tap(message, data),
      isWaiting: (message, data) => actions.isWaiting(message, data),
    };
  }

  // What besides the messages themselves changes how they look.
  #stamp({ messages: [message] }) {
    if (!message) return "";
    const waiting = message.buttons.flat().filter((one) => one.callback_data && this.actions.isWaiting(message, one.callback_data));
    const target = message.reply_to === null ? null : this.store.message(this.chat, message.reply_to);
    return [this.viewer, this.page.wall().offset, waiting.map((one) => one.callback_data), target ? gist(target) : ""].join("|");
  }

  #hear(event) {
    if (event.kind === "menu" || event.kind === "reset") this.#learnCommands();
    if (event.kind === "typing") this.#forgetBusyLater(event.chat_id);
    if (event.chat_id !== undefined && event.chat_id !== this.chat) return;
    if (event.kind === "message") this.#arrived(event.message);
    if (event.kind === "answered" && event.person_id === this.viewer) this.#answered(event);
    this.draw();
  }

  #arrived(message) {
    if (message.from.id === this.viewer) this.history.toEnd();
    else if (!message.service && this.isSeen) this.announcer.replaceChildren(h("p", {}, `${message.from.name}: ${gist(message)}`));
  }

  #answered(event) {
    if (event.text && event.show_alert) say(this.store.bot.name, event.text);
    else if (event.text) this.toasts.show(event.text);
    if (event.url) this.actions.follow(event.url);
  }

  #forgetBusyLater(chat) {
    if (chat !== this.chat) return;
    clearTimeout(this.busyEnds);
    this.busyEnds = setTimeout(() => {
      this.store.busy.delete(chat);
      this.draw();
    }, TYPING_LASTS);
  }

  async #learnCommands() {
    const { viewer, chat } = this;
    if (chat === null) return;
    const menu = await readMenu(viewer, chat).catch(() => ({ commands: [] }));
    if (viewer === this.viewer && chat === this.chat) this.composer.offer(menu.commands);
  }

  #see() {
    if (this.chat === null || !this.isSeen || !this.history.isAtEnd) return;
    const before = this.page.unread.count(this.viewer, this.chat);
    this.page.unread.see(this.viewer, this.chat);
    if (before === 0) return;
    this.history.count(0);
    this.page.counted();
  }

  #draw() {
    const chat = this.store.chats.get(this.chat);
    if (!chat) return;
    this.head.draw(chat);
    const all = this.store.messagesOf(chat.id);
    const messages = chat.is_forum ? all.filter((one) => one.thread_id === this.thread) : all;
    this.history.show(messages, this.#ending(messages));
    this.history.count(this.page.unread.count(this.viewer, chat.id));
    this.foot.draw(chat);
    this.#see();
  }

  #ending(messages) {
    if (this.store.busy.has(this.chat)) return h("div", { class: "typing", "aria-hidden": "true" }, h("span"), h("span"), h("span"));
    if (messages.length > 0) return null;
    const about = this.isPrivate ? this.store.bot.description : "";
    return h("div", { class: "empty" }, h("p", {}, about || "No messages here yet."));
  }
}
