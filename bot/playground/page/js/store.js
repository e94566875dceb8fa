// The world as this page knows it: a snapshot, kept current by events.

export class Store {
  constructor() {
    this.listeners = [];
  }

  // `hear(event)` runs after each event has been taken in; {"kind": "reset"} means everything is new.
  listen(hear) {
    this.listeners.push(hear);
  }

  reset(state) {
    this.world = state.world;
    this.seq = state.seq;
    this.bot = state.bot;
    this.clock = state.clock;
    this.people = new Map(state.people.map((person) => [person.id, person]));
    this.chats = new Map(state.chats.map((chat) => [chat.id, chat]));
    this.messages = new Map(state.chats.map((chat) => [chat.id, new Map()]));
    this.busy = new Map();
    this.taps = new Map();
    for (const message of state.messages) this.#keep(message);
    this.#tell({ kind: "reset" });
  }

  take(event) {
    this.seq = event.seq;
    TAKEN[event.kind]?.(this, event);
    this.#tell(event);
  }

  keepClock(clock) {
    this.clock = clock;
    this.#tell({ kind: "clock-read", clock });
  }

  humans() {
    return [...this.people.values()].filter((person) => !person.is_bot);
  }

  groups() {
    return [...this.chats.values()].filter((chat) => chat.kind !== "private" && !chat.migrated_to);
  }

  // People who work at the clinic: whoever is in one of its groups.
  staff() {
    return this.humans().filter((person) => this.groups().some((chat) => isPresent(this.member(chat.id, person.id))));
  }

  patients() {
    const staff = new Set(this.staff().map((person) => person.id));
    return this.humans().filter((person) => !staff.has(person.id));
  }

  member(chatId, personId) {
    return this.chats.get(chatId)?.members.find((member) => member.person_id === personId) ?? null;
  }

  botStatus(chatId) {
    return this.member(chatId, this.bot.id)?.status ?? "left";
  }

  messagesOf(chatId) {
    return [...(this.messages.get(chatId)?.values() ?? [])].sort((a, b) => a.message_id - b.message_id);
  }

  message(chatId, messageId) {
    return this.messages.get(chatId)?.get(messageId) ?? null;
  }

  // Whether this button still waits for the bot's answer.
  isWaiting(chatId, messageId, personId, data) {
    return [...this.taps.values()].some(
      (tap) =>
        tap.chat_id === chatId && tap.message_id === messageId && tap.person_id === personId && tap.data === data,
    );
  }

  forgetTap(queryId) {
    if (this.taps.delete(queryId)) this.#tell({ kind: "tap-over" });
  }

  changeMessage(chatId, messageId, change) {
    const message = this.message(chatId, messageId);
    if (message) this.#keep({ ...message, ...change });
  }

  changeChat(chatId, change) {
    const chat = this.chats.get(chatId);
    if (chat) this.chats.set(chatId, { ...chat, ...change });
  }

  #keep(message) {
    if (!this.messages.has(message.chat_id)) this.messages.set(message.chat_id, new Map());
    this.messages.get(message.chat_id).set(message.message_id, message);
  }

  keep(message) {
    this.#keep(message);
  }

  #tell(event) {
    for (const hear of this.listeners) hear(event);
  }
}

export function isPresent(member) {
  return member !== null && member.status !== "left" && member.status !== "kicked";
}

const TAKEN = {
  message(store, { message }) {
    store.keep(message);
    if (message.from.id === store.bot.id) store.busy.delete(message.chat_id);
  },
  edited(store, { message }) {
    store.keep(message);
  },
  deleted(store, { chat_id, message_ids }) {
    for (const id of message_ids) store.messages.get(chat_id)?.delete(id);
  },
  typing(store, { chat_id, action }) {
    store.busy.set(chat_id, action);
  },
  tapped(store, event) {
    store.taps.set(event.query_id, event);
  },
  answered(store, { query_id }) {
    store.taps.delete(query_id);
  },
  keyboard(store, { chat_id, keyboard }) {
    store.changeChat(chat_id, { keyboard });
  },
  member(store, { chat_id, member }) {
    const others = (store.chats.get(chat_id)?.members ?? []).filter((other) => other.person_id !== member.person_id);
    store.changeChat(chat_id, { members: [...others, member] });
  },
  chat(store, { chat }) {
    store.chats.set(chat.id, chat);
    if (!store.messages.has(chat.id)) store.messages.set(chat.id, new Map());
  },
  person(store, { person }) {
    store.people.set(person.id, person);
  },
  pins(store, { chat_id, message_ids }) {
    const before = new Set(store.chats.get(chat_id)?.pins ?? []);
    store.changeChat(chat_id, { pins: message_ids });
    for (const id of before) store.changeMessage(chat_id, id, { pinned: false });
    for (const id of message_ids) store.changeMessage(chat_id, id, { pinned: true });
  },
  reactions(store, { chat_id, message_id, reactions }) {
    store.changeMessage(chat_id, message_id, { reactions });
  },
  clock(store, { clock }) {
    store.clock = clock;
  },
};
