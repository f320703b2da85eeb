import { type Answered, textOf } from "./wire";
import { PROBE } from "./words";

/** What a 503 may say; anything else of the kind is a fault of ours. */
const DOCUMENTED_503 = ["Too many answers are waiting already."];

const STATUSES = new Set([200, 303, 304, 400, 403, 404, 405, 406, 409, 413, 415, 422, 431, 503]);

/** Every response of ours has these, whatever it is. */
const SAFETY = {
  "content-security-policy": /default-src 'none'/,
  "x-content-type-options": /^nosniff$/,
  "referrer-policy": /^same-origin$/,
  "cross-origin-resource-policy": /^same-origin$/,
};

/** How the bodies of each type begin, and that there is no other type. */
const TYPES: Record<string, RegExp> = {
  "text/html; charset=utf-8": /^(<|$)/,
  "text/event-stream; charset=utf-8": /^(event|id|data|:|$)/,
  "text/markdown; charset=utf-8": /^/,
  "text/plain; charset=utf-8": /^/,
  "text/css; charset=utf-8": /^/,
  "text/javascript; charset=utf-8": /^/,
  "application/json": /^[{["]|^null|^$/,
  "application/json; charset=utf-8": /^[{["]|^null|^$/,
  "application/manifest+json": /^(\{|$)/,
  "application/zip": /^(PK|$)/,
  "application/pdf": /^/,
  "image/svg+xml": /^(<svg|$)/,
  "image/png": /^(.PNG|$)/,
  "image/jpeg": /^/,
  "image/webp": /^(RIFF|$)/,
};

/** What is wrong with a response, in words; `base` is where redirects may lead. */
export async function faultsOf(answered: Answered, base: string): Promise<string[]> {
  const { status, headers } = answered;
  const text = textOf(answered);
  if (isBuns(answered)) return [];
  const faults: string[] = [];
  if (!STATUSES.has(status)) faults.push(`status ${status}`);
  if (status === 503 && !DOCUMENTED_503.some((words) => text?.includes(words))) {
    faults.push("a 503 that is not documented");
  }
  for (const [name, value] of Object.entries(SAFETY)) {
    if (!value.test(headers.get(name) ?? "")) faults.push(`no safe ${name}`);
  }
  if (headers.has(PROBE)) faults.push("a header of the client's making");
  faults.push(...typeFaults(answered, text), ...redirectFaults(answered, base));
  const type = headers.get("content-type") ?? "";
  if (text && /^text\/(html|event-stream)/.test(type)) faults.push(...(await markupFaults(text)));
  return faults;
}

/** What is no HTTP is refused by Bun, in a response with nothing in it, before any code of ours sees it. */
function isBuns({ status, headers, body }: Answered): boolean {
  return [400, 431, 505].includes(status) && !headers.has("content-type") && body.length === 0;
}

function typeFaults({ status, headers, body }: Answered, text: string | undefined): string[] {
  const type = headers.get("content-type")?.toLowerCase();
  if (type === undefined) return body.length > 0 ? [`status ${status} with a body of no type`] : [];
  const begin = TYPES[type];
  if (begin === undefined) return [`a type that nothing here has: ${type}`];
  return text === undefined || begin.test(text) ? [] : [`a body that is no ${type}`];
}

function redirectFaults({ status, headers }: Answered, base: string): string[] {
  const to = headers.get("location");
  if (to === null) return status === 303 ? ["a redirect that leads nowhere"] : [];
  const inside = to.startsWith(`${base}/`) && !/^\/[/\\]/.test(to) && !/[\r\n\\]/.test(to);
  return inside ? [] : [`a redirect to ${to}`];
}

/** Markup that came from text: the probe, a handler, a script of nobody's, a link that runs. */
async function markupFaults(text: string): Promise<string[]> {
  const faults = new Set<string>();
  const look = new HTMLRewriter().on("*", {
    element(element) {
      if (element.tagName === PROBE) faults.add("text that became an element");
      if (element.tagName === "script" && !element.hasAttribute("src"))
        faults.add("an inline script");
      for (const [name = "", value = ""] of element.attributes) {
        if (name === PROBE || name.startsWith("on")) faults.add(`an attribute ${name} from text`);
        if (name === "style") faults.add("an inline style");
        if (
          /^\s*(javascript|vbscript|data):/i.test(value) &&
          /^(href|src|action|formaction|xlink:href)$/.test(name)
        ) {
          faults.add(`a ${name} that runs`);
        }
      }
    },
  });
  const html = text.replace(/^data: /gm, "");
  await look.transform(new Response(html, { headers: { "Content-Type": "text/html" } })).text();
  return [...faults];
}
