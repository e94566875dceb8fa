// A row of tabs: one is chosen, arrows move between them, each may carry a count of what is new.

import { h } from "./dom.js";
import { badgeText } from "./unread.js";

// `tabs` are {key, label, face?, unread, isChosen}; `choose(key)` is told on a press or an arrow.
export function drawTabs(row, tabs, choose, extra = []) {
  const told = JSON.stringify(tabs.map(({ face, ...rest }) => rest));
  if (row.dataset.told === told) return;
  row.dataset.told = told;
  const held = row.contains(document.activeElement);
  const nodes = tabs.map((tab) => tabNode(tab, choose));
  row.replaceChildren(...nodes, ...extra);
  const chosen = row.querySelector('[aria-selected="true"]');
  chosen?.scrollIntoView({ block: "nearest", inline: "nearest" });
  if (held) chosen?.focus();
}

export function tabRow(label, name) {
  const row = h("div", { class: `tabs ${name}`, role: "tablist", "aria-label": label });
  row.addEventListener("keydown", (event) => move(event, row));
  return row;
}

function tabNode(tab, choose) {
  const count = tab.unread > 0 ? h("span", { class: "count" }, badgeText(tab.unread)) : null;
  const label = tab.unread > 0 ? `${tab.label}, ${tab.unread} new` : tab.label;
  return h(
    "button",
    { type: "button", role: "tab", class: "tab", "data-key": tab.key, "aria-selected": String(tab.isChosen), "aria-label": label, tabindex: tab.isChosen ? "0" : "-1", onclick: () => choose(tab.key) },
    tab.face ? h("span", { class: "tab-face" }, tab.face, count) : null,
    h("span", { class: "tab-label" }, tab.label),
    tab.face ? null : count,
  );
}

function move(event, row) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const tabs = [...row.querySelectorAll('[role="tab"]')];
  const at = tabs.findIndex((tab) => tab.getAttribute("aria-selected") === "true");
  const next = tabs[(at + step + tabs.length) % tabs.length];
  next?.focus(); // drawing the row anew keeps the focus on the chosen tab
  next?.click();
}
