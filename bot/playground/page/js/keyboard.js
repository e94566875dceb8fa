// The reply keyboard a bot puts in place of the phone's own.

import { h } from "./dom.js";

// `hands` is {write(text), contact()}; null when the chat has no such keyboard.
export function replyKeyboard(keyboard, hands) {
  if (!keyboard?.keyboard) return null;
  const rows = keyboard.keyboard.map((row) => h("div", { class: "key-row" }, row.map((key) => keyNode(key, hands))));
  return h("div", { class: "keys", role: "group", "aria-label": "Quick answers" }, rows);
}

function keyNode(key, hands) {
  const text = typeof key === "string" ? key : key.text;
  const press = key.request_contact ? () => hands.contact() : () => hands.write(text);
  return h("button", { type: "button", class: "key", onclick: press }, text);
}
