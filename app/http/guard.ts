import { ParleyError } from "~/errors";
import { REQUEST_BYTES } from "~/limits";

export interface GuardSettings {
  host: string;
  allowedHosts: readonly string[];
  trustedOrigins: readonly string[];
}

const SAFE_METHODS = new Set(["GET", "HEAD"]);
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\]|.*\.localhost)$/;

const HOST = /^(\[[0-9a-f:.]+\]|[\w.-]+)(:\d+)?$/i;

/** Throws a ParleyError for a request that must not reach Remix. `addresses` are those of this machine's interfaces. */
export function guard(
  request: Request,
  settings: GuardSettings,
  addresses: ReadonlySet<string>,
): void {
  refuseMalformedHosts(request);
  refuseOtherHosts(request, settings, addresses);
  refuseSideDoors(new URL(request.url));
  refuseOtherMethods(request);
  if (SAFE_METHODS.has(request.method)) refuseOtherSitesReads(request);
  else refuseOtherOrigins(request, settings);
  refuseLargeBodies(request);
}

/** Bun builds `request.url` from the Host header, so a malformed one gives an URL that cannot be parsed. */
function refuseMalformedHosts(request: Request) {
  const header = request.headers.get("host") ?? "";
  if (HOST.test(header) && URL.canParse(request.url)) return;
  throw new ParleyError("bad-host", "The Host header of the request is missing or malformed.", {
    kind: "malformed",
    next: "Open Parley by its address.",
    detail: `Host: ${header}`,
  });
}

/** Against DNS rebinding: a page on another name that resolves to us still sends its own name. */
function refuseOtherHosts(
  request: Request,
  settings: GuardSettings,
  addresses: ReadonlySet<string>,
) {
  const header = (request.headers.get("host") ?? "").toLowerCase();
  const name = header.replace(/:\d+$/, "");
  const allowed =
    LOOPBACK.test(name) ||
    settings.allowedHosts.some(
      (host) => host.toLowerCase() === name || host.toLowerCase() === header,
    ) ||
    (!LOOPBACK.test(bracketed(settings.host)) && addresses.has(name));
  if (allowed) return;
  throw new ParleyError("wrong-host", "Parley is not known by the name that was asked for.", {
    kind: "forbidden",
    next: "Open it by its own address, or start it with --allowed-hosts and this name.",
    detail: `Host: ${header}`,
  });
}

/** Remix 2 runs actions and shows loader data through these; Parley does not use them. */
function refuseSideDoors(url: URL) {
  const side =
    url.searchParams.has("_data") ||
    url.searchParams.has("_routes") ||
    url.pathname.endsWith(".data") ||
    url.pathname.endsWith("/__manifest");
  if (!side) return;
  throw new ParleyError("not-found", "There is nothing at this address.", {
    kind: "unknown",
    next: "Go to the first page.",
  });
}

/** Remix would run an action for any other method as well. */
function refuseOtherMethods({ method }: Request) {
  if (SAFE_METHODS.has(method) || method === "POST") return;
  throw new ParleyError("wrong-method", `Nothing here answers to ${method}.`, {
    kind: "wrong-method",
    next: "Parley's pages are read with GET, and its forms are sent with POST.",
  });
}

/** Other sites may link to Parley but not load it in the background: the time of a search reveals what it finds. */
function refuseOtherSitesReads(request: Request) {
  const site = request.headers.get("sec-fetch-site");
  if (site !== "cross-site" && site !== "same-site") return;
  const mode = request.headers.get("sec-fetch-mode");
  const dest = request.headers.get("sec-fetch-dest") ?? "document";
  if (mode === "navigate" && dest === "document") return;
  throw new ParleyError("wrong-origin", "Another site tried to load this page in the background.", {
    kind: "forbidden",
    next: "Open it in its own tab.",
  });
}

/** Browsers send Sec-Fetch-Site (over TLS and on localhost) or Origin with a form; text browsers only Referer. */
function refuseOtherOrigins(request: Request, settings: GuardSettings) {
  const origin = request.headers.get("origin");
  if (origin && settings.trustedOrigins.includes(origin)) return;
  const own = ownOrigin(request);
  const site = request.headers.get("sec-fetch-site");
  if (site !== null ? site === "same-origin" : (origin ?? referer(request)) === own) return;
  throw new ParleyError(
    "wrong-origin",
    "The form was sent from another site, so it was not taken.",
    {
      kind: "forbidden",
      next: `Send it from Parley's own page.${site === null ? adviceOn(origin) : ""}`,
      detail: `Origin: ${origin}`,
    },
  );
}

function adviceOn(origin: string | null): string {
  return httpOrigin(origin)
    ? ` If you did, Parley is behind a proxy that hides its public address: start it with --trusted-origins ${origin}.`
    : " If you did, a privacy setting or extension of the browser hides where the form came from.";
}

/** Whether the browser uses TLS, according to a proxy. Other sites need a preflight to send this header. */
export function overTls(request: Request): boolean {
  const schemes = request.headers.get("x-forwarded-proto") ?? "";
  return schemes.split(",")[0]?.trim() === "https";
}

/** Our origin according to the headers. Wrong if a proxy replaces `Host`, as nginx does by default. */
function ownOrigin(request: Request): string {
  const { host } = new URL(request.url);
  return new URL(`${overTls(request) ? "https" : "http"}://${host}`).origin;
}

/** Our origin as the browser sees it; for same-origin requests, that of the sending page. */
export function publicOrigin(request: Request): string {
  const { headers, method } = request;
  if (headers.get("sec-fetch-site") !== "same-origin") return ownOrigin(request);
  const page = SAFE_METHODS.has(method) ? referer(request) : httpOrigin(headers.get("origin"));
  return page ?? ownOrigin(request);
}

function referer(request: Request): string | undefined {
  return httpOrigin(request.headers.get("referer"));
}

/** Undefined for anything but an http(s) URL, such as the `null` that sandboxed pages send. */
function httpOrigin(address: string | null): string | undefined {
  if (!address || !URL.canParse(address)) return undefined;
  const { origin, protocol } = new URL(address);
  return /^https?:$/.test(protocol) ? origin : undefined;
}

function refuseLargeBodies(request: Request) {
  const length = Number(request.headers.get("content-length") ?? 0);
  if (length > REQUEST_BYTES) throw tooLarge();
}

/** The body; without a Content-Length, which the guard checks, it fails past the limit. */
export function limited({ body, headers }: Request): ReadableStream<Uint8Array> | null {
  if (!body || headers.has("content-length")) return body;
  let left = REQUEST_BYTES;
  return body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        left -= chunk.length;
        if (left < 0) controller.error(tooLarge());
        else controller.enqueue(chunk);
      },
    }),
  );
}

function tooLarge(): ParleyError {
  return new ParleyError("request-too-large", "What was sent is larger than 64 MiB.", {
    kind: "too-large",
    next: "Go back and send less.",
  });
}

function bracketed(host: string): string {
  return host.includes(":") && !host.startsWith("[") ? `[${host}]` : host;
}
