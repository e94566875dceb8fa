// The page: a phone, a clock and a clinic around one world.

import { ClinicSide } from "./clinic.js";
import { ClockFace } from "./clock.js";
import { act, readState } from "./deeds.js";
import { whoOpens } from "./dialogs.js";
import { soon } from "./dom.js";
import { Guide } from "./guide.js";
import { PatientSide } from "./patient.js";
import { Places } from "./places.js";
import { Store } from "./store.js";
import { Stream } from "./stream.js";
import { WallClock } from "./times.js";
import { Unread } from "./unread.js";

const AGAIN_AFTER = 1500;
const POINTED_FOR = 2400;
const at = (id) => document.getElementById(id);

const store = new Store();
const unread = new Unread(store);
let wall = null;

// A zone is fixed for the page, but an offset changes with the seasons the clock is turned through.
store.listen((event) => {
  if (["reset", "clock", "clock-read"].includes(event.kind)) wall = new WallClock(store.clock);
  if (event.kind === "reset") unread.start();
});

const page = {
  store,
  unread,
  wall: () => wall,
  openLink,
  visit,
  point,
  visitClock: () => places.show("clock"),
  counted: soon(() => count()),
  complain: (text) => patient.pane.toasts.show(text, { isBad: true }),
};

const patient = new PatientSide(at("patient"), page);
const clinic = new ClinicSide(at("clinic"), page);
new ClockFace(at("clock"), page);
new Guide(at("guide"), page);
const places = new Places(at("places"), { onshow: () => redraw() });
store.listen(page.counted);
document.addEventListener("visibilitychange", redraw);

const stream = new Stream({ onEvent: (event) => store.take(event), onStranger: open, onLine: (isThere) => (at("line").hidden = isThere) });
open();

async function open() {
  try {
    const state = await readState();
    store.reset(state);
    stream.follow(state.world, state.seq);
  } catch {
    at("line").hidden = false;
    setTimeout(open, AGAIN_AFTER);
  }
}

// A t.me link to the bot: on a patient's phone it opens there, at the clinic it asks whose phone.
async function openLink({ payload }, viewer) {
  const isStaff = store.staff().some(({ id }) => id === viewer);
  const person = isStaff ? await whoOpens([...store.patients(), ...store.staff()], patient.person) : viewer;
  if (person === null) return;
  visit(person, person);
  await act("start", { person, payload }).catch((error) => page.complain(error.message));
}

function visit(chat, person) {
  const isStaff = store.staff().some(({ id }) => id === person);
  if (isStaff) clinic.choose(chat, person);
  else patient.choose(person);
  places.show(isStaff ? "clinic" : "patient");
}

// `what`: field, link, button or next. The keyboard goes there, and it is outlined for a moment.
function point(what, person) {
  const side = at(store.staff().some(({ id }) => id === person) ? "clinic" : "patient");
  const last = (selector) => [...side.querySelectorAll(selector)].at(-1);
  const places = { field: () => last(".field-text"), link: () => last(".start-link"), button: () => last(".buttons")?.querySelector(".message-button"), next: () => at("clock").querySelector(".turn-next") };
  const found = places[what]?.();
  if (!found) return;
  found.scrollIntoView({ block: "nearest" });
  found.focus({ preventScroll: true });
  found.classList.add("pointed");
  setTimeout(() => found.classList.remove("pointed"), POINTED_FOR);
}

function count() {
  patient.draw();
  clinic.draw();
  places.count("patient", patient.unread());
  places.count("clinic", clinic.unread());
}

function redraw() {
  if (!store.world) return;
  patient.pane.draw();
  clinic.pane.draw();
}
