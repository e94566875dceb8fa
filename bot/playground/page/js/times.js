// Instants as the clinic's wall clock shows them.

// The clinic's zone: `clock.zone` (an IANA name) when given, else the offset that `clock.now` carries.
export class WallClock {
  constructor(clock) {
    this.zone = clock.zone ?? null;
    this.offset = this.zone ? 0 : offsetOf(clock.now);
    this.formats = new Map();
  }

  time(seconds) {
    return this.#show(seconds, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  }

  day(seconds) {
    return this.#show(seconds, { weekday: "long", day: "numeric", month: "long" });
  }

  date(seconds) {
    return this.#show(seconds, { weekday: "short", day: "numeric", month: "short", year: "numeric" });
  }

  // Equal for two instants of one local day.
  dayKey(seconds) {
    return this.#show(seconds, { year: "numeric", month: "2-digit", day: "2-digit" });
  }

  full(seconds) {
    return `${this.date(seconds)}, ${this.time(seconds)}`;
  }

  #show(seconds, options) {
    const key = JSON.stringify(options);
    if (!this.formats.has(key)) {
      this.formats.set(key, new Intl.DateTimeFormat("en-GB", { ...options, timeZone: this.zone ?? "UTC" }));
    }
    return this.formats.get(key).format((seconds + this.offset) * 1000);
  }
}

function offsetOf(iso) {
  const found = /([+-])(\d\d):?(\d\d)$/.exec(iso);
  if (!found) return 0;
  const seconds = Number(found[2]) * 3600 + Number(found[3]) * 60;
  return found[1] === "-" ? -seconds : seconds;
}

export function secondsOf(iso) {
  return Math.floor(Date.parse(iso) / 1000);
}

export function span(seconds) {
  const whole = Math.max(0, Math.round(seconds ?? 0));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
