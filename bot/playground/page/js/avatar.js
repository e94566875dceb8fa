// A face for somebody without a picture: initials on a colour of their own.

import { h } from "./dom.js";

const COLOURS = 7;

export function avatar(name, id) {
  const initials = name.split(/\s+/).filter(Boolean).map((part) => [...part][0]).slice(0, 2).join("").toUpperCase();
  return h("span", { class: `avatar colour-${colourOf(id)}`, "aria-hidden": "true" }, initials || "?");
}

export function colourOf(id) {
  return Math.abs(Number(id) || 0) % COLOURS;
}
