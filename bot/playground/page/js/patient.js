// The left side: a phone, and whose it is.

import { avatar } from "./avatar.js";
import { act } from "./deeds.js";
import { whoIsNew } from "./dialogs.js";
import { iconButton, soon } from "./dom.js";
import { Pane } from "./pane.js";
import { drawTabs, tabRow } from "./tabs.js";

export class PatientSide {
  constructor(root, page) {
    this.page = page;
    this.store = page.store;
    this.person = null;
    this.coming = null;
    this.row = tabRow("Patients", "faces-row");
    this.pane = new Pane("patient", page);
    this.adder = iconButton("plus", "Add a person", () => this.#add(), { class: "icon-button tab-plus" });
    root.append(this.row, this.pane.node);
    this.draw = soon(() => this.#draw());
    this.store.listen(() => this.draw());
  }

  choose(person) {
    this.person = person;
    this.pane.show(person, person);
    this.draw();
  }

  unread() {
    return this.store.patients().reduce((sum, { id }) => sum + this.page.unread.count(id, id), 0);
  }

  #draw() {
    const patients = this.store.patients();
    const isKnown = patients.some(({ id }) => id === this.person);
    const isComing = this.coming !== null && this.person === this.coming;
    if (!isKnown && !isComing && patients.length > 0) this.choose(patients[0].id);
    this.pane.node.hidden = patients.length === 0;
    const tabs = patients.map(({ id, name }) => ({
      key: id,
      label: name.split(" ")[0],
      name,
      face: avatar(name, id),
      unread: this.page.unread.count(id, id),
      isChosen: id === this.person,
    }));
    drawTabs(this.row, tabs, (id) => this.choose(id), [this.adder]);
    if (tabs.length === 0 && !this.adder.isConnected) this.row.append(this.adder);
  }

  async #add() {
    const details = await whoIsNew("Add a person");
    if (!details) return;
    const person = await act("new_person", details).catch((error) => this.pane.toasts.show(error.message, { isBad: true }));
    if (!person) return;
    this.coming = person.id; // the news of them may still be on the way
    this.choose(person.id);
  }
}
