// A small menu that opens at something and closes by itself.

import { h, icon } from "./dom.js";

const REACTIONS = ["👍", "❤", "🙏", "🎉", "😢", "👎"]; // as Telegram writes them
const LONG_PRESS = 480;
let open = null;

// `entries` are {icon, label, run, isDanger?}; `reactions` is {chosen, react(emoji or null)} or null.
export function openMenu(anchor, entries, reactions = null, point = null) {
  closeMenu();
  const back = document.activeElement;
  const node = h("div", { class: "menu", role: "menu", tabindex: "-1" }, reactions ? faces(reactions) : null, entries.map(entryNode));
  node.addEventListener("keydown", (event) => walk(event, node));
  document.body.append(node);
  open = { node, back };
  place(node, point ?? anchor.getBoundingClientRect());
  node.querySelector("button:not(.face)")?.focus({ preventScroll: true });
  setTimeout(() => {
    document.addEventListener("pointerdown", closeOutside);
    document.addEventListener("focusin", closeOutside);
  });
}

export function closeMenu() {
  if (!open) return;
  const { node, back } = open;
  open = null;
  document.removeEventListener("pointerdown", closeOutside);
  document.removeEventListener("focusin", closeOutside);
  const held = node.contains(document.activeElement);
  node.remove();
  if (held && back?.isConnected) back.focus({ preventScroll: true });
}

// Right click, a long press and the keyboard's menu key all ask for the menu of a message.
export function onAsked(node, show) {
  let timer = 0;
  const stop = () => clearTimeout(timer);
  node.addEventListener("contextmenu", (event) => {
    if (event.target.closest("a, img, textarea")) return;
    event.preventDefault();
    stop();
    show(event.clientX || event.clientY ? { left: event.clientX, right: event.clientX, top: event.clientY, bottom: event.clientY } : null);
  });
  node.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "touch" || event.target.closest("button:not(.photo), a")) return;
    const at = { left: event.clientX, right: event.clientX, top: event.clientY, bottom: event.clientY };
    timer = setTimeout(() => show(at), LONG_PRESS);
  });
  for (const kind of ["pointerup", "pointercancel", "pointerleave", "pointermove"]) node.addEventListener(kind, stop);
}

function entryNode(entry) {
  const run = () => {
    closeMenu();
    entry.run();
  };
  return h("button", { type: "button", role: "menuitem", class: entry.isDanger ? "danger" : null, onclick: run }, icon(entry.icon), entry.label);
}

function faces({ chosen, react }) {
  const one = (emoji) => {
    const run = () => {
      closeMenu();
      react(chosen === emoji ? null : emoji);
    };
    return h("button", { type: "button", role: "menuitemradio", class: "face", "aria-checked": String(chosen === emoji), "aria-label": `React with ${emoji}`, onclick: run }, emoji);
  };
  return h("div", { class: "faces", role: "group", "aria-label": "Reactions" }, REACTIONS.map(one));
}

function walk(event, node) {
  const items = [...node.querySelectorAll("button")];
  const at = items.indexOf(document.activeElement);
  const steps = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
  if (event.key in steps) {
    event.preventDefault();
    items[(at + steps[event.key] + items.length) % items.length].focus();
  } else if (event.key === "Escape" || event.key === "Tab") {
    event.preventDefault();
    closeMenu();
  }
}

function closeOutside(event) {
  if (open && !open.node.contains(event.target)) closeMenu();
}

function place(node, at) {
  const { width, height } = node.getBoundingClientRect();
  const below = at.bottom + 4 + height <= innerHeight;
  node.style.left = `${Math.max(8, Math.min(at.left, innerWidth - width - 8))}px`;
  node.style.top = `${below ? at.bottom + 4 : Math.max(8, at.top - height - 4)}px`;
}
