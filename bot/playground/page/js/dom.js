// Build elements; text is always text, never markup.

export function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) give(node, name, value);
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

function give(node, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
  else if (name === "value") node.value = value;
  else node.setAttribute(name, value === true ? "" : value);
}

const DRAWN = {
  attach: "M16.500 6v10.500a4.500 4.500 0 0 1-9 0V5.500a3 3 0 0 1 6 0v9.500a1.500 1.500 0 0 1-3 0V6.500",
  back: "M10 14 5 9l5-5M5 9h9a6 6 0 0 1 0 12h-3",
  camera: "M4 8h3l2-3h6l2 3h3v11H4zM12 10a3.500 3.500 0 1 0 0 7 3.500 3.500 0 0 0 0-7",
  check: "m5 12.500 4.500 4.500L19 7.500",
  clock: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 7v5l3.500 2",
  close: "M6 6l12 12M18 6 6 18",
  clinic: "M4 21V5h10v16M14 10h6v11M2 21h20M9 8v4M7 10h4M8 16h2",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  day: "M4 6h16v15H4zM4 10h16M8 3v5M16 3v5",
  down: "m6 10 6 6 6-6",
  file: "M6 3h8l5 5v13H6zM14 3v5h5",
  hour: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 8v8M8 12h8",
  link: "M8 16 16 8M9 8h7v7",
  more: "M12 5.500v.01M12 12v.01M12 18.500v.01",
  next: "M5 5v14l9-7zM18 5v14",
  pause: "M8 5v14M16 5v14",
  pen: "M4 20h4L20 8l-4-4L4 16z",
  phone: "M7 2.500h10v19H7zM11 18.500h2",
  pin: "M9 3h6l-1 7 4 3v2H6v-2l4-3zM12 15v6",
  play: "M7 4.500v15l12-7.500z",
  plus: "M12 5v14M5 12h14",
  send: "M4 12 20 4l-5 16-3.500-6.500z",
  slash: "M15 4 9 20",
  trash: "M4 7h16M9 7V4h6v3M6 7l1 14h10l1-14",
};

export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  const path = document.createElementNS(space, "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", DRAWN[name]);
  svg.append(path);
  return svg;
}

// A button whose only content is a picture; `label` is what it does.
export function iconButton(name, label, onclick, attributes = {}) {
  return h("button", { type: "button", class: "icon-button", "aria-label": label, title: label, onclick, ...attributes }, icon(name));
}

// Run once after everything that happens now, however often it is asked for.
export function soon(run) {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    queueMicrotask(() => {
      waiting = false;
      run();
    });
  };
}
