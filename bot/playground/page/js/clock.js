// The clock between phone and clinic: what time it is there, and the buttons that turn it.

import { readClock, turn } from "./deeds.js";
import { h, icon } from "./dom.js";
import { secondsOf } from "./times.js";

const LOOK_EVERY = 4000;
const HOUR = 3600;
const DAY = 24 * HOUR;

export class ClockFace {
  constructor(root, page) {
    this.page = page;
    this.store = page.store;
    this.arrived = 0;
    this.isTurning = false;
    this.asked = null;
    this.time = h("div", { class: "clock-time" });
    this.date = h("div", { class: "clock-date" });
    this.outcome = h("p", { class: "clock-outcome", role: "status" });
    this.turns = [
      this.#button("next", "Next message", "turn-next", () => this.#turn("next")),
      this.#button("hour", "+1 hour", "turn", () => this.#turn("advance", { seconds: HOUR })),
      this.#button("day", "+1 day", "turn", () => this.#turn("advance", { seconds: DAY })),
    ];
    this.pause = this.#button("pause", "Pause", "turn", () => this.#turn(this.store.clock.paused ? "resume" : "pause"));
    const face = h("div", { class: "clock-face", role: "timer", "aria-live": "off", "aria-label": "Time at the clinic" }, this.time, this.date);
    root.append(face, h("div", { class: "turns", role: "group", "aria-label": "Turn the clock" }, this.turns, this.pause), this.outcome);
    this.store.listen((event) => this.#hear(event));
    setInterval(() => this.#look(), LOOK_EVERY);
  }

  #button(picture, label, kind, onclick) {
    return h("button", { type: "button", class: kind, onclick }, icon(picture), h("span", {}, label));
  }

  #hear(event) {
    if (event.kind === "message" && event.message.from.id === this.store.bot.id) this.arrived += 1;
    if (["reset", "clock", "clock-read"].includes(event.kind)) this.#draw();
    // the news may come before or after the answer to the turn
    if (event.kind === "clock" && this.asked) this.#tellOutcome();
  }

  #draw() {
    const now = secondsOf(this.store.clock.now);
    const wall = this.page.wall();
    this.time.textContent = wall.time(now);
    this.date.textContent = wall.date(now);
    const { paused } = this.store.clock;
    this.pause.setAttribute("aria-pressed", String(paused));
    this.pause.replaceChildren(icon(paused ? "play" : "pause"), h("span", {}, paused ? "Resume" : "Pause"));
  }

  async #turn(how, wishes = {}) {
    if (this.isTurning) return;
    this.#turning(true);
    this.asked = how;
    this.arrived = 0;
    this.outcome.textContent = "";
    try {
      this.store.keepClock(await turn(how, wishes));
    } catch (error) {
      this.outcome.textContent = error.message;
      this.asked = null;
    } finally {
      this.#turning(false);
    }
  }

  #turning(isTurning) {
    this.isTurning = isTurning;
    for (const button of this.turns) button.setAttribute("aria-disabled", String(isTurning));
    this.time.closest("section").toggleAttribute("data-turning", isTurning);
  }

  #tellOutcome() {
    const { paused } = this.store.clock;
    const words = { pause: "The clock stands still.", resume: "The clock goes on." };
    const none = this.asked === "next" ? "No message is due." : "No messages meanwhile.";
    const came = this.arrived === 0 ? none : `${this.arrived} message${this.arrived === 1 ? "" : "s"} arrived.`;
    this.outcome.textContent = words[this.asked] ?? (paused ? `${came} The clock stands still.` : came);
    this.asked = null;
  }

  async #look() {
    if (document.hidden || this.isTurning) return;
    const clock = await readClock().catch(() => null);
    if (clock && !this.isTurning) this.store.keepClock(clock);
  }
}
