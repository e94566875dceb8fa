// One message, or one album, as a bubble.

import { avatar, colourOf } from "./avatar.js";
import { buttonRows } from "./buttons.js";
import { h, icon, iconButton } from "./dom.js";
import { gist, mediaNode } from "./media.js";
import { richText } from "./richtext.js";
import { serviceText } from "./service.js";

// `item` is {messages, opens, closes}: an album has several; a run of one author opens and closes.
export function messageNode(item, view) {
  const message = item.messages[0];
  return message.service ? serviceNode(message) : bubbleNode(item, message, view);
}

export function dayNode(label) {
  return h("div", { class: "day", role: "separator", "aria-label": label }, h("span", {}, label));
}

function serviceNode(message) {
  return h("div", { class: "service", "data-id": message.message_id }, h("span", {}, serviceText(message)));
}

function bubbleNode(item, message, view) {
  const mine = message.from.id === view.viewer;
  const words = item.messages.find((one) => one.text) ?? message;
  const classes = ["message", mine ? "mine" : "theirs", item.opens && "opens", item.closes && "closes"];
  const node = h(
    "article",
    {
      class: classes.filter(Boolean).join(" "),
      tabindex: "-1",
      "data-id": message.message_id,
      "aria-label": `${mine ? "You" : message.from.name}, ${view.wall.time(message.date)}`,
    },
    view.isGroup && !mine ? h("span", { class: "author-face" }, item.closes ? avatar(message.from.name, message.from.id) : null) : null,
    h(
      "div",
      { class: "message-column" },
      h(
        "div",
        { class: message.media && !words.text ? "bubble bare" : "bubble" },
        authorLine(item, message, mine, view),
        message.forwarded ? h("div", { class: "forwarded" }, "Forwarded message") : null,
        quote(message, view),
        pictures(item, view),
        message.contact ? contactCard(message.contact) : null,
        words.text ? h("div", { class: "words" }, richText(shownText(words), words.entities, view.hands)) : null,
        metaLine(item.messages.at(-1), words, view),
        iconButton("more", "Message actions", (event) => view.menu(words, event.currentTarget), { class: "icon-button message-more", tabindex: "-1", "aria-haspopup": "menu" }),
      ),
      buttonRows(message, view.hands),
      reactionRow(message, view),
    ),
  );
  view.offerMenu(node, words);
  return node;
}

// A link's token goes to the bot; the app shows only that somebody pressed start.
function shownText({ text }) {
  return /^\/start \S+$/.test(text) ? "/start" : text;
}

function authorLine(item, message, mine, view) {
  if (!view.isGroup || mine || !item.opens) return null;
  return h("div", { class: `author ink-${colourOf(message.from.id)}` }, message.from.name, message.from.is_bot ? h("span", { class: "badge" }, "bot") : null);
}

function quote(message, view) {
  if (message.reply_to === null || message.reply_to === message.thread_id) return null;
  const target = view.store.message(message.chat_id, message.reply_to);
  const who = target ? target.from.name : "Deleted message";
  return h(
    "button",
    { type: "button", class: "quote", "aria-label": `In reply to ${who}`, onclick: () => view.jump(message.reply_to) },
    h("span", { class: "quote-who" }, who),
    target ? h("span", { class: "quote-words" }, gist(target)) : null,
  );
}

function pictures(item, view) {
  const shown = item.messages.filter((one) => one.media).map((one) => mediaNode(one.media, { onphoto: view.photo }));
  if (shown.length < 2) return shown;
  return h("div", { class: "album" }, shown);
}

function contactCard(contact) {
  const name = [contact.first_name, contact.last_name].filter(Boolean).join(" ");
  return h("div", { class: "contact" }, avatar(name, contact.user_id), h("div", {}, h("strong", {}, name), h("div", {}, contact.phone_number)));
}

function metaLine(last, words, view) {
  const edited = words.edit_date !== null;
  return h(
    "div",
    { class: "meta" },
    last.pinned ? icon("pin") : null,
    edited ? h("span", {}, "edited") : null,
    h("time", { datetime: new Date(last.date * 1000).toISOString(), title: view.wall.full(last.date) }, view.wall.time(last.date)),
  );
}

function reactionRow(message, view) {
  if (message.reactions.length === 0) return null;
  const counted = Map.groupBy ? Map.groupBy(message.reactions, (one) => one.emoji) : groupedBy(message.reactions);
  const chips = [...counted].map(([emoji, all]) => {
    const own = all.some((one) => one.person_id === view.viewer);
    const names = all.map((one) => view.store.people.get(one.person_id)?.name ?? "somebody").join(", ");
    return h(
      "button",
      { type: "button", class: "reaction", "aria-pressed": String(own), title: names, "aria-label": `${emoji} from ${names}`, onclick: () => view.react(message, own ? null : emoji) },
      emoji,
      all.length > 1 ? ` ${all.length}` : "",
    );
  });
  return h("div", { class: "reactions" }, chips);
}

function groupedBy(reactions) {
  const groups = new Map();
  for (const one of reactions) groups.set(one.emoji, [...(groups.get(one.emoji) ?? []), one]);
  return groups;
}
