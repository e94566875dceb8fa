// A text with its entities becomes nodes; offsets are UTF-16 units, which is how JavaScript counts too.

import { h } from "./dom.js";
import { readLink } from "./links.js";

const PLAIN = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code" };

// `hands` is {botName, open(link), command(text), people(id)}: what happens when a part is pressed.
export function richText(text, entities, hands) {
  const ordered = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return between(text, 0, text.length, ordered, hands);
}

function between(text, from, to, entities, hands) {
  const nodes = [];
  let at = from;
  for (let i = 0; i < entities.length; ) {
    const entity = entities[i];
    const start = Math.max(entity.offset, at);
    const end = Math.min(entity.offset + entity.length, to);
    i += 1;
    if (end <= start) continue;
    const inner = [];
    while (i < entities.length && entities[i].offset < end) inner.push(entities[i++]);
    if (start > at) nodes.push(text.slice(at, start));
    nodes.push(dressed(entity, text.slice(start, end), between(text, start, end, inner, hands), hands));
    at = end;
  }
  if (at < to) nodes.push(text.slice(at, to));
  return nodes;
}

function dressed(entity, words, children, hands) {
  if (entity.type in PLAIN) return h(PLAIN[entity.type], {}, children);
  switch (entity.type) {
    case "pre":
      return h("pre", {}, h("code", {}, children));
    case "blockquote":
      return h("blockquote", {}, children);
    case "expandable_blockquote":
      return folded(children);
    case "spoiler":
      return spoiler(children);
    case "url":
      return link(words, children, hands);
    case "text_link":
      return link(entity.url, children, hands);
    case "email":
      return link(`mailto:${words}`, children, hands);
    case "phone_number":
      return link(`tel:${words.replace(/[^+\d]/g, "")}`, children, hands);
    case "bot_command":
      return h("button", { type: "button", class: "inline-link", onclick: () => hands.command(words) }, children);
    case "mention":
    case "text_mention":
    case "hashtag":
    case "cashtag":
      return h("span", { class: "mention" }, children);
    default:
      return h("span", {}, children);
  }
}

function link(address, children, hands) {
  const found = readLink(address, hands.botName);
  if (found === null) return h("span", {}, children);
  if (found.kind === "out") return h("a", { href: found.href, target: "_blank", rel: "noopener noreferrer" }, children);
  const open = (event) => {
    event.preventDefault();
    hands.open(found);
  };
  return h("a", { href: address, class: "start-link", onclick: open, onauxclick: open }, children);
}

function folded(children) {
  const turn = (event) => event.currentTarget.toggleAttribute("data-folded");
  return h("blockquote", { "data-folded": true, onclick: turn }, children);
}

function spoiler(children) {
  const show = (event) => event.currentTarget.removeAttribute("data-hidden");
  return h("button", { type: "button", class: "spoiler", "data-hidden": true, title: "Show", onclick: show }, children);
}
