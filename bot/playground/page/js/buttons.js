// The rows of buttons under a message.

import { h, icon } from "./dom.js";

export function buttonRows(message, hands) {
  if (message.buttons.length === 0) return null;
  const rows = message.buttons.map((row) => h("div", { class: "button-row" }, row.map((button) => one(button, message, hands))));
  return h("div", { class: "buttons", role: "group", "aria-label": "Buttons" }, rows);
}

function one(button, message, hands) {
  if (button.url !== undefined) return pressed(button.text, () => hands.address(button.url), "link");
  if (button.copy_text !== undefined) return pressed(button.text, () => hands.copy(button.copy_text.text), "copy");
  if (button.callback_data === undefined) return pressed(button.text, () => hands.refuse(), null);
  const waiting = hands.isWaiting(message, button.callback_data);
  const node = pressed(button.text, () => hands.tap(message, button.callback_data), null);
  if (waiting) node.append(h("span", { class: "spinner", "aria-hidden": "true" }));
  if (waiting) node.setAttribute("aria-busy", "true");
  return node;
}

function pressed(text, onclick, mark) {
  return h("button", { type: "button", class: "message-button", onclick }, h("span", {}, text), mark ? h("span", { class: "mark" }, icon(mark)) : null);
}
