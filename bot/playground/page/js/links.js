// Where a link leads: to the bot itself, out of the page, or nowhere.

const OUTSIDE = new Set(["http:", "https:", "mailto:", "tel:"]);

// -> {kind: "start", payload} | {kind: "out", href} | null when it must not be followed
export function readLink(text, botName) {
  const url = parse(text);
  if (url === null) return null;
  const payload = startOf(url, botName);
  if (payload !== null) return { kind: "start", payload };
  return OUTSIDE.has(url.protocol) ? { kind: "out", href: url.href } : null;
}

function parse(text) {
  for (const candidate of [text, `https://${text}`]) {
    try {
      const url = new URL(candidate);
      if (url.host !== "" || !candidate.includes(".") || OUTSIDE.has(url.protocol)) return url;
    } catch {
      // no address yet; try it with a scheme in front
    }
  }
  return null;
}

function startOf(url, botName) {
  const query = url.searchParams.get("start") ?? "";
  if (url.protocol === "tg:" && url.href.includes("resolve")) return same(url.searchParams.get("domain"), botName) ? query : null;
  const isTelegram = ["t.me", "telegram.me", "telegram.dog"].includes(url.hostname.replace(/^www\./, ""));
  return isTelegram && same(url.pathname.replace(/^\/|\/$/g, ""), botName) ? query : null;
}

function same(name, botName) {
  return Boolean(name) && name.toLowerCase() === (botName ?? "").toLowerCase();
}
