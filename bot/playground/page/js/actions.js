// What a person can do in a chat; what the server refuses is said in a toast.

import { act, sendFile } from "./deeds.js";
import { confirmed, say } from "./dialogs.js";
import { readLink } from "./links.js";
import { openMenu } from "./menu.js";

const ANSWER_WITHIN = 15_000;

export class Actions {
  // `pane` says who acts where: {viewer, chat, thread, store, page, toasts, history, composer}
  constructor(pane) {
    this.pane = pane;
    this.store = pane.store;
  }

  write(text, replyTo = null) {
    return this.#say(() => act("write", { ...this.#place(), text, reply_to: replyTo }));
  }

  file(kind, file, caption, replyTo = null) {
    return this.#say(() => sendFile(kind, file, { ...this.#place(), caption, reply_to: replyTo }));
  }

  edit(message, text) {
    return this.#do("edit", { message_id: message.message_id, text });
  }

  react(message, emoji) {
    return this.#do("react", { message_id: message.message_id, emoji });
  }

  async contact() {
    const isFine = await confirmed("Share your phone number?", "The bot will know the number of this account.", "Share");
    return isFine && this.#say(() => act("contact", this.#where()));
  }

  start() {
    return this.#say(() => act("start", { person: this.pane.viewer }));
  }

  unblock() {
    return this.#try(() => act("unblock", { person: this.pane.viewer }));
  }

  async block() {
    const isFine = await confirmed("Block the bot?", "It cannot write to this person until they unblock it.", "Block");
    return isFine && this.#try(() => act("block", { person: this.pane.viewer }));
  }

  async tap(message, data) {
    if (this.isWaiting(message, data)) return;
    const query = await this.#do("tap", { message_id: message.message_id, data });
    if (query) setTimeout(() => this.store.forgetTap(query), ANSWER_WITHIN);
  }

  isWaiting(message, data) {
    return this.store.isWaiting(message.chat_id, message.message_id, this.pane.viewer, data);
  }

  // An address under a button, or one the bot answers a tap with.
  follow(url) {
    const link = readLink(url, this.store.bot.username);
    if (link?.kind === "start") this.pane.page.openLink(link, this.pane.viewer);
    else if (link) window.open(link.href, "_blank", "noopener,noreferrer");
    else this.complain("This address cannot be opened here");
  }

  async copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      this.pane.toasts.show("Copied");
    } catch {
      await say("Copy this", text);
    }
  }

  complain(text) {
    this.pane.toasts.show(text, { isBad: true });
  }

  menuOf(message, anchor, point = null) {
    const { viewer, chat, composer } = this.pane;
    const mine = message.from.id === viewer;
    const rules = viewer === chat || this.store.member(chat, viewer)?.status === "creator";
    const chosen = message.reactions.find((one) => one.person_id === viewer)?.emoji ?? null;
    const id = message.message_id;
    const entries = [
      { icon: "back", label: "Reply", run: () => composer.reply(message) },
      message.text && { icon: "copy", label: "Copy text", run: () => this.copy(message.text) },
      mine && !message.contact && { icon: "pen", label: "Edit", run: () => composer.edit(message) },
      rules && { icon: "pin", label: "Pin", run: () => this.#do("pin", { message_id: id }) },
      (mine || rules) && { icon: "trash", label: "Delete", isDanger: true, run: () => this.#do("delete", { message_ids: [id] }) },
    ];
    openMenu(anchor, entries.filter(Boolean), { chosen, react: (emoji) => this.react(message, emoji) }, point);
  }

  menuOfChat(anchor) {
    const isBlocked = this.store.botStatus(this.pane.chat) === "kicked";
    const unblock = { icon: "check", label: "Unblock the bot", run: () => this.unblock() };
    const block = { icon: "close", label: "Block the bot", isDanger: true, run: () => this.block() };
    openMenu(anchor, [{ icon: "play", label: "Send /start", run: () => this.start() }, isBlocked ? unblock : block]);
  }

  #where() {
    return { person: this.pane.viewer, chat: this.pane.chat };
  }

  #place() {
    return { ...this.#where(), thread: this.pane.thread };
  }

  #do(deed, wishes) {
    return this.#try(() => act(deed, { ...this.#where(), ...wishes }));
  }

  #say(deed) {
    this.pane.history.toEnd();
    return this.#try(deed);
  }

  // What the server gave, true for nothing, null for a refusal.
  async #try(deed) {
    try {
      return (await deed()) ?? true;
    } catch (error) {
      this.complain(error.message);
      return null;
    }
  }
}
