// A few first steps for somebody who has never seen this page; it ticks off what was done and can be sent away.

import { act } from "./deeds.js";
import { h, icon, iconButton } from "./dom.js";

export class Guide {
  // `page.visit(chat, person)` brings the reader to where a step happens, `page.point(what, person)` to what it is about.
  constructor(root, page) {
    Object.assign(this, { root, page, store: page.store, did: new Set(), isGone: false });
    this.store.listen((event) => this.#hear(event));
  }

  get #hints() {
    return (this.store.clock?.guide ?? []).filter((hint) => hint.title || hint.text);
  }

  get #tries() {
    return (this.store.clock?.guide ?? []).filter((hint) => hint.try);
  }

  get #current() {
    return this.#hints.findIndex((_hint, at) => !this.did.has(at));
  }

  #hear(event) {
    if (event.kind === "reset") this.#remember();
    const at = this.#current;
    if (at >= 0 && isDone(whenDone(this.#hints[at], this.#hints), event, this.store)) this.#tick(at);
    else this.#draw();
  }

  #remember() {
    const kept = JSON.parse(sessionStorage.getItem(this.#key) ?? "{}");
    this.did = new Set(kept.did ?? []);
    this.isGone = kept.isGone ?? false;
  }

  #keep() {
    sessionStorage.setItem(this.#key, JSON.stringify({ did: [...this.did], isGone: this.isGone }));
    this.#draw();
  }

  get #key() {
    return `guide ${this.store.world}`;
  }

  #tick(at) {
    if (this.did.has(at)) this.did.delete(at);
    else this.did.add(at);
    this.#keep();
  }

  #draw() {
    const hints = this.#hints;
    const told = JSON.stringify([hints, [...this.did], this.isGone]);
    if (this.told === told) return;
    this.told = told;
    this.root.hidden = this.isGone || hints.length === 0;
    const current = this.#current;
    const title = current >= 0 ? "First steps" : this.#tries.length > 0 ? "All done. Try next:" : "All done";
    const leave = iconButton("close", "Close the first steps", () => {
      this.isGone = true;
      this.#keep();
    });
    const steps = h("ol", { class: "steps" }, hints.map((hint, at) => this.#step(hint, at, at === current)));
    const tries = current < 0 && this.#tries.length > 0 ? h("ul", { class: "tries", "aria-label": "To try next" }, this.#tries.map((hint) => this.#try(hint))) : null;
    const held = this.root.contains(document.activeElement);
    this.root.replaceChildren(h("header", { class: "guide-head" }, h("h2", {}, title), leave), ...[steps, tries].filter(Boolean));
    if (held && !this.root.hidden) (this.root.querySelector(".step.current button.primary") ?? leave).focus();
  }

  #step(hint, at, isCurrent) {
    const done = this.did.has(at);
    const box = h("button", { type: "button", class: "tick", role: "checkbox", "aria-checked": String(done), "aria-label": hint.title ?? hint.text, onclick: () => this.#tick(at) }, done ? icon("check") : String(at + 1));
    const words = h("div", { class: "step-words" }, h("div", { class: "step-title" }, hint.title ?? hint.text));
    if (isCurrent) words.append(...this.#details(hint));
    return h("li", { class: `step${done ? " done" : ""}${isCurrent ? " current" : ""}`, "aria-current": isCurrent ? "step" : null }, box, words);
  }

  #try(hint) {
    const go = hint.say ? h("button", { type: "button", class: "quiet", onclick: () => this.#say(hint) }, "Send it for me") : h("button", { type: "button", class: "quiet", onclick: () => this.#show(hint) }, "Show me where");
    return h("li", {}, h("div", { class: "step-title" }, hint.try), hint.say ? h("code", { class: "step-say" }, hint.say) : null, go);
  }

  #details(hint) {
    const parts = hint.title && hint.text ? [h("p", {}, hint.text)] : [];
    if (hint.say) parts.push(h("code", { class: "step-say" }, hint.say));
    const buttons = [];
    if (hint.say && hint.chat && hint.as) buttons.push(h("button", { type: "button", class: "primary", onclick: () => this.#say(hint) }, "Send it for me"));
    if (hint.chat && hint.as) buttons.push(h("button", { type: "button", class: hint.say ? "quiet" : "primary", onclick: () => this.#show(hint) }, "Show me where"));
    return buttons.length > 0 ? [...parts, h("div", { class: "step-buttons" }, buttons)] : parts;
  }

  #show(hint) {
    this.page.visit(hint.chat, hint.as);
    if (whenDone(hint, this.#hints).turned) this.page.visitClock();
    requestAnimationFrame(() => this.page.point(hint.points, hint.as));
  }

  async #say(hint) {
    this.page.visit(hint.chat, hint.as);
    await act("write", { person: hint.as, chat: hint.chat, text: hint.say }).catch((error) => this.page.complain(error.message));
  }
}

// `done_when` says it: {"said": start of a text, "by": person}, {"heard": part of what the bot says, "chat"} or
// {"turned": true}. Without it: what was to be said, a turn for the last step, any deed of that person else.
function whenDone(hint, hints) {
  if (hint.done_when) return hint.done_when;
  if (hint.say) return { said: hint.say, by: hint.as };
  return hint === hints.at(-1) ? { turned: true } : { acts: hint.as };
}

function isDone(when, event, store) {
  if (when.turned) return event.kind === "clock";
  if (when.said !== undefined) return anyMessage(store, (one) => one.from.id === when.by && one.text.startsWith(when.said));
  if (when.heard !== undefined) return anyMessage(store, (one) => one.from.id === store.bot.id && one.chat_id === when.chat && one.text.includes(when.heard));
  if (event.kind === "tapped") return event.person_id === when.acts;
  return event.kind === "message" && event.message.from.id === when.acts;
}

function anyMessage(store, isIt) {
  return [...store.messages.values()].some((messages) => [...messages.values()].some(isIt));
}
