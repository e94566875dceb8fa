// The line on which news arrives; it mends itself and notices when the server was started anew.

const KINDS = [
  "message", "edited", "deleted", "typing", "tapped", "answered", "keyboard", "member", "chat", "person", "pins",
  "reactions", "menu", "clock",
];
const AGAIN_AFTER = 1500;

// `onEvent` gets each event once, in order; `onStranger` is told when /state has to be read again.
export class Stream {
  constructor({ onEvent, onStranger, onLine }) {
    Object.assign(this, { onEvent, onStranger, onLine, source: null, again: 0 });
  }

  follow(world, seq) {
    this.close();
    this.world = world;
    this.seq = seq;
    this.#open();
  }

  close() {
    clearTimeout(this.again);
    this.source?.close();
  }

  #open() {
    this.source = new EventSource(`/events?since=${this.seq}`);
    this.source.addEventListener("hello", (news) => this.#greet(JSON.parse(news.data)));
    for (const kind of KINDS) this.source.addEventListener(kind, (news) => this.#take(JSON.parse(news.data)));
    this.source.onerror = () => this.#lost();
  }

  #greet(hello) {
    this.onLine(true);
    if (hello.world === this.world) return;
    this.close();
    this.onStranger();
  }

  #take(event) {
    if (event.seq <= this.seq) return;
    this.seq = event.seq;
    this.onEvent(event);
  }

  #lost() {
    this.onLine(false);
    this.close(); // the browser gives up on some failures; our own retry never does
    this.again = setTimeout(() => this.#open(), AGAIN_AFTER);
  }
}
