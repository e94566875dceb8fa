// Questions and pictures that cover the page for a moment.

import { avatar } from "./avatar.js";
import { h, iconButton } from "./dom.js";

// Resolves with the value of the button that closed it, or null.
function ask(title, content, buttons) {
  return new Promise((resolve) => {
    const form = h(
      "form",
      { method: "dialog" },
      h("h2", {}, title),
      content,
      h("div", { class: "dialog-buttons" }, buttons.map(([value, label, kind]) => closer(value, label, kind, () => dialog.close("")))),
    );
    const dialog = h("dialog", { class: "dialog", "aria-label": title }, form);
    dialog.addEventListener("close", () => {
      resolve(dialog.returnValue || null);
      dialog.remove();
    });
    document.body.append(dialog);
    dialog.showModal();
    dialog.querySelector("[autofocus]")?.focus();
  });
}

// Only what says yes submits, so that Enter never means Cancel.
function closer(value, label, kind, leave) {
  return value === "" ? h("button", { type: "button", class: kind, onclick: leave }, label) : h("button", { value, class: kind }, label);
}

export async function say(title, text) {
  await ask(title, h("p", { class: "dialog-words" }, text), [["ok", "OK", "primary"]]);
}

export async function confirmed(title, text, label) {
  return (await ask(title, h("p", { class: "dialog-words" }, text), [["", "Cancel", "quiet"], ["yes", label, "primary"]])) === "yes";
}

// Who opens a link to the bot? -> person id or null
export async function whoOpens(people, selected) {
  const options = people.map((person) =>
    h(
      "label",
      { class: "choice" },
      h("input", { type: "radio", name: "who", value: person.id, checked: person.id === selected, autofocus: person.id === selected }),
      avatar(person.name, person.id),
      person.name,
    ),
  );
  const list = h("fieldset", { class: "choices" }, h("legend", {}, "It opens the bot on this person's phone."), options);
  const answer = await ask("Who opens this link?", list, [["", "Cancel", "quiet"], ["open", "Open", "primary"]]);
  const chosen = list.querySelector("input:checked");
  return answer && chosen ? Number(chosen.value) : null;
}

// -> {first_name, last_name, phone_number, language_code} or null
export async function whoIsNew(title) {
  const fields = {
    first_name: h("input", { name: "first_name", required: true, autofocus: true, maxlength: "64", autocomplete: "off" }),
    last_name: h("input", { name: "last_name", maxlength: "64", autocomplete: "off" }),
    phone_number: h("input", { name: "phone_number", type: "tel", placeholder: "made up if empty", autocomplete: "off" }),
    language_code: h("select", { name: "language_code" }, [["en", "English"], ["fr", "Français"], ["es", "Español"], ["de", "Deutsch"]].map(([code, name]) => h("option", { value: code }, name))),
  };
  const labels = { first_name: "First name", last_name: "Last name", phone_number: "Phone", language_code: "Language of their app" };
  const content = Object.entries(fields).map(([name, field]) => h("label", { class: "field" }, labels[name], field));
  const answer = await ask(title, content, [["", "Cancel", "quiet"], ["add", "Add", "primary"]]);
  if (!answer) return null;
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.value.trim()]));
}

export function showPhoto(url) {
  const dialog = h("dialog", { class: "lightbox", "aria-label": "Photo" }, h("img", { src: url, alt: "Photo" }));
  dialog.append(iconButton("close", "Close photo", () => dialog.close()));
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
