// Photos, documents, voice and video inside a message.

import { h, icon } from "./dom.js";
import { span } from "./times.js";

export function mediaNode(media, { onphoto }) {
  switch (media.kind) {
    case "photo":
      return photo(media, onphoto);
    case "video":
      return h("video", { src: media.url, controls: true, preload: "metadata", class: "video", "aria-label": "Video" });
    case "voice":
      return h(
        "span",
        { class: "voice" },
        h("audio", { src: media.url, controls: true, preload: "metadata", "aria-label": "Voice message" }),
        media.duration ? h("span", { class: "faint" }, span(media.duration)) : null,
      );
    default:
      return documentCard(media);
  }
}

function photo(media, onphoto) {
  const picture = h("img", { src: media.url, alt: "Photo", width: media.width, height: media.height, draggable: "false" });
  return h("button", { type: "button", class: "photo", "aria-label": "Open photo", onclick: () => onphoto(media.url) }, picture);
}

function documentCard(media) {
  return h(
    "a",
    { class: "document", href: media.url, download: media.name ?? "document" },
    h("span", { class: "document-icon" }, icon("file")),
    h("span", { class: "document-words" }, h("span", { class: "document-name" }, media.name ?? "Document"), h("span", { class: "faint" }, sizeText(media.size))),
  );
}

export function sizeText(bytes) {
  if (!bytes) return "";
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

// What a quote or an announcement calls a message.
export function gist(message) {
  if (message.text) return message.text;
  if (message.contact) return "Contact";
  const named = { photo: "Photo", video: "Video", voice: "Voice message" };
  return message.media ? (named[message.media.kind] ?? message.media.name ?? "Document") : "Message";
}
