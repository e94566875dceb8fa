// How much each reader has not seen yet, chat by chat.

export class Unread {
  constructor(store) {
    this.store = store;
    this.seen = new Map();
    this.before = new Map();
  }

  // Everything that is there when the page opens counts as seen.
  start() {
    this.seen.clear();
    this.before = new Map([...this.store.messages].map(([chat, messages]) => [chat, Math.max(0, ...messages.keys())]));
  }

  see(viewer, chat) {
    this.seen.set(`${viewer} ${chat}`, Math.max(0, ...(this.store.messages.get(chat)?.keys() ?? [])));
  }

  count(viewer, chat) {
    const seen = this.seen.get(`${viewer} ${chat}`) ?? this.before.get(chat) ?? 0;
    const messages = [...(this.store.messages.get(chat)?.values() ?? [])];
    return messages.filter((one) => one.message_id > seen && one.from.id !== viewer && !one.service).length;
  }
}

export function badgeText(count) {
  return count > 99 ? "99+" : String(count);
}
