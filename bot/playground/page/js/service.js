// What happened to a chat, in a sentence.

import { span } from "./times.js";

const SAID = {
  new_chat_members: (facts, who) => joined(facts, who),
  left_chat_member: (facts, who) => (nameOf(facts) === who ? `${who} left the group` : `${who} removed ${nameOf(facts)}`),
  new_chat_title: (facts, who) => `${who} renamed the group to “${facts}”`,
  group_chat_created: (_facts, who) => `${who} created the group`,
  supergroup_chat_created: (_facts, who) => `${who} created the group`,
  pinned_message: (facts, who) => `${who} pinned ${gist(facts)}`,
  forum_topic_created: (facts, who) => `${who} opened the topic “${facts.name}”`,
  forum_topic_edited: (facts, who) => (facts.name ? `${who} renamed the topic to “${facts.name}”` : `${who} changed the topic`),
  forum_topic_closed: (_facts, who) => `${who} closed the topic`,
  forum_topic_reopened: (_facts, who) => `${who} reopened the topic`,
  migrate_to_chat_id: () => "The group was upgraded to a supergroup",
  migrate_from_chat_id: () => "The group was upgraded to a supergroup",
  message_auto_delete_timer_changed: (facts, who) => `${who} set messages to disappear after ${span(facts.message_auto_delete_time)}`,
};

export function serviceText(message) {
  const { kind, facts } = message.service;
  return SAID[kind]?.(facts, message.from.name) ?? `${message.from.name}: ${kind.replaceAll("_", " ")}`;
}

function joined(people, who) {
  const names = people.map(nameOf);
  return names.length === 1 && names[0] === who ? `${who} joined the group` : `${who} added ${names.join(", ")}`;
}

function nameOf(user) {
  return [user.first_name, user.last_name].filter(Boolean).join(" ");
}

function gist(message) {
  const words = message.text ?? message.caption ?? "a message";
  return words === "a message" ? words : `“${words.length > 40 ? `${words.slice(0, 40)}…` : words}”`;
}
