// The scrolling list of messages: changes only what changed, and never pulls the reader away from what they read.

import { h, icon } from "./dom.js";
import { dayNode, messageNode } from "./message.js";

const NEAR_THE_END = 60;
const ONE_RUN = 5 * 60;

export class History {
  // `view` is what messages need (see message.js) plus `seen()`, told when the reader has reached the end.
  constructor(view) {
    this.view = view;
    this.shown = new Map();
    this.follows = true;
    this.list = h("div", { class: "list" });
    this.scroller = h("div", { class: "history", role: "log", "aria-live": "off", tabindex: "0", "aria-label": "Messages" }, this.list);
    this.fresh = h("span", { class: "count", hidden: true });
    this.jumpDown = h("button", { type: "button", class: "jump-down", hidden: true, "aria-label": "To the newest message", onclick: () => this.toEnd() }, icon("down"), this.fresh);
    this.node = h("div", { class: "history-box" }, this.scroller, this.jumpDown);
    this.scroller.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    this.scroller.addEventListener("keydown", (event) => this.#walk(event));
    const watch = new ResizeObserver(() => this.#settle());
    watch.observe(this.list);
    watch.observe(this.scroller);
  }

  // Show these messages, oldest first; `ending` is a node after the last one (somebody types) or null.
  show(messages, ending) {
    const items = itemsOf(messages, this.view.wall);
    const focused = this.#focused();
    const next = new Map(items.map((item) => [item.key, this.#kept(item)]));
    const nodes = [...next.values()].map((entry) => entry.node);
    if (ending) nodes.push(ending);
    replaceChildren(this.list, nodes);
    this.shown = next;
    this.#refocus(focused);
    this.#settle();
  }

  // Forget what is shown, as another chat comes.
  clear() {
    this.shown = new Map();
    this.list.replaceChildren();
    this.follows = true;
    this.#settle();
  }

  count(unread) {
    this.fresh.textContent = String(unread);
    this.fresh.hidden = unread === 0;
  }

  get isAtEnd() {
    return this.follows && this.scroller.clientHeight > 0;
  }

  toEnd() {
    this.follows = true;
    this.#settle();
  }

  jump(messageId) {
    const node = this.list.querySelector(`[data-id="${messageId}"]`);
    if (!node) return;
    this.follows = false;
    node.scrollIntoView({ block: "center", behavior: calm() ? "auto" : "smooth" });
    node.classList.remove("flash");
    node.getBoundingClientRect(); // a second jump starts the flash anew
    node.classList.add("flash");
    node.focus({ preventScroll: true });
  }

  #kept(item) {
    const before = this.shown.get(item.key);
    const told = this.view.stamp(item);
    if (before && before.told === told && sameMessages(before.item, item)) return before;
    const node = item.day ? dayNode(item.day) : messageNode(item, this.view);
    return { item, told, node };
  }

  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    if (clientHeight === 0) return; // a hidden place has no position
    const shape = `${scrollHeight} ${clientHeight}`;
    // what has just grown or shrunk moved by itself; only in a list that kept its shape did the reader scroll
    if (scrollHeight - scrollTop - clientHeight < NEAR_THE_END) this.follows = true;
    else if (shape === this.shape) this.follows = false;
    this.shape = shape;
    this.jumpDown.hidden = this.follows;
    if (this.follows) this.view.seen();
  }

  #settle() {
    if (this.follows) this.scroller.scrollTop = this.scroller.scrollHeight;
    this.shape = null;
    this.#scrolled();
  }

  #walk(event) {
    const steps = { ArrowUp: -1, ArrowDown: 1 };
    const messages = [...this.list.querySelectorAll(".message")];
    const current = event.target.closest(".message");
    if (event.key in steps && (event.target === this.scroller || event.target === current)) {
      event.preventDefault();
      const at = current ? messages.indexOf(current) + steps[event.key] : messages.length - 1;
      messages[Math.max(0, Math.min(messages.length - 1, at))]?.focus();
    } else if (event.key === "Enter" && event.target === current) {
      event.preventDefault();
      current.querySelector(".message-more").click();
    }
  }

  #focused() {
    const active = document.activeElement;
    const message = this.list.contains(active) ? active.closest("[data-id]") : null;
    if (!message) return null;
    return { id: message.dataset.id, at: [...message.querySelectorAll("button, a")].indexOf(active) };
  }

  #refocus(focused) {
    if (!focused || this.list.contains(document.activeElement)) return;
    const message = this.list.querySelector(`[data-id="${focused.id}"]`);
    const part = focused.at >= 0 ? message?.querySelectorAll("button, a")[focused.at] : null;
    (part ?? message ?? this.scroller).focus({ preventScroll: true });
  }
}

function itemsOf(messages, wall) {
  const items = [];
  let day = null;
  for (const message of messages) {
    const key = wall.dayKey(message.date);
    if (key !== day) items.push({ key: `day ${key}`, day: wall.day(message.date), messages: [] });
    day = key;
    const last = items.at(-1);
    if (message.album !== null && last.messages[0]?.album === message.album) last.messages.push(message);
    else items.push({ key: `message ${message.message_id}`, day: null, messages: [message] });
  }
  items.forEach((item, at) => {
    item.opens = !isOneRun(items[at - 1], item);
    item.closes = !isOneRun(item, items[at + 1]);
  });
  return items;
}

function isOneRun(one, other) {
  const [before, after] = [one?.messages.at(-1), other?.messages[0]];
  if (!before || !after || before.service || after.service) return false;
  return before.from.id === after.from.id && before.from.name === after.from.name && after.date - before.date < ONE_RUN;
}

function sameMessages(one, other) {
  return (
    one.day === other.day &&
    one.opens === other.opens &&
    one.closes === other.closes &&
    one.messages.length === other.messages.length &&
    one.messages.every((message, at) => message === other.messages[at])
  );
}

// Like replaceChildren, but leaves alone what already stands in its place: moving a node drops its focus.
function replaceChildren(parent, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...parent.childNodes]) if (!wanted.has(child)) child.remove();
  nodes.forEach((node, at) => {
    if (parent.childNodes[at] !== node) parent.insertBefore(node, parent.childNodes[at] ?? null);
  });
}

export function calm() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
