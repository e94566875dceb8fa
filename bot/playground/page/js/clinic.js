// The right side: the clinic's chats, and which colleague one speaks as.

import { act } from "./deeds.js";
import { whoIsNew } from "./dialogs.js";
import { h, soon } from "./dom.js";
import { Pane } from "./pane.js";
import { isPresent } from "./store.js";
import { drawTabs, tabRow } from "./tabs.js";

const NEW = "new";

export class ClinicSide {
  constructor(root, page) {
    this.page = page;
    this.store = page.store;
    this.person = null;
    this.coming = null;
    this.chat = null;
    this.row = tabRow("Clinic's chats", "chats-row");
    this.speaker = h("select", { class: "speaker", onchange: () => this.#speak() });
    this.pane = new Pane("clinic", page);
    this.empty = h("p", { class: "empty", hidden: true }, "There is no staff chat yet.");
    const bar = h("div", { class: "clinic-bar" }, this.row, h("label", { class: "speaker-label" }, h("span", {}, "You are"), this.speaker));
    root.append(bar, this.pane.node, this.empty);
    this.draw = soon(() => this.#draw());
    this.store.listen(() => this.draw());
  }

  choose(chat, person = this.person) {
    this.person = person;
    this.chat = chat;
    this.pane.show(person, chat);
    this.draw();
  }

  unread() {
    return this.#chats().reduce((sum, { id }) => sum + this.page.unread.count(this.person, id), 0);
  }

  // The groups this person is in, and their own chat with the bot.
  #chats() {
    if (this.person === null) return [];
    const groups = this.store.groups().filter(({ id }) => isPresent(this.store.member(id, this.person)));
    return [...groups.map(({ id, title }) => ({ id, label: title })), { id: this.person, label: "Private" }];
  }

  #draw() {
    const staff = this.store.staff();
    this.empty.hidden = staff.length > 0;
    this.pane.node.hidden = staff.length === 0;
    if (staff.length === 0) return;
    if (this.coming !== null && !staff.some(({ id }) => id === this.coming)) return;
    this.coming = null;
    if (!staff.some(({ id }) => id === this.person)) this.person = staff[0].id;
    const chats = this.#chats();
    if (!chats.some(({ id }) => id === this.chat)) this.chat = chats[0].id;
    this.pane.show(this.person, this.chat);
    this.#drawSpeakers(staff);
    const tabs = chats.map(({ id, label }) => ({ key: id, label, unread: this.page.unread.count(this.person, id), isChosen: id === this.chat }));
    drawTabs(this.row, tabs, (id) => this.choose(id));
  }

  #drawSpeakers(staff) {
    const told = JSON.stringify([staff.map(({ id, name }) => [id, name]), this.person]);
    if (this.speaker.dataset.told === told) return;
    this.speaker.dataset.told = told;
    const options = staff.map(({ id, name }) => h("option", { value: id }, name));
    this.speaker.replaceChildren(...options, h("option", { value: NEW }, "New colleague …"));
    this.speaker.value = String(this.person);
  }

  #speak() {
    if (this.speaker.value === NEW) {
      this.speaker.value = String(this.person);
      this.#hire();
      return;
    }
    const person = Number(this.speaker.value);
    const isPrivate = this.chat === this.person;
    this.choose(isPrivate ? person : this.chat, person);
  }

  async #hire() {
    const group = this.store.groups()[0];
    const details = await whoIsNew(`New colleague in ${group.title}`);
    if (!details) return;
    try {
      const { id } = await act("new_person", details);
      await act("join", { person: id, chat: group.id });
      this.coming = id; // the news of them may still be on the way
      this.choose(group.id, id);
    } catch (error) {
      this.pane.toasts.show(error.message, { isBad: true });
    }
  }
}
