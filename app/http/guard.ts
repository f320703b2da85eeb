import { ParleyError } from "~/errors";
import { REQUEST_BYTES } from "~/limits";

/** What the guard must know of where we listen and whom the settings trust. */
export interface GuardSettings {
  /** The address that we listen on. */
  host: string;
  allowedHosts: readonly string[];
  trustedOrigins: readonly string[];
}

const SAFE_METHODS = new Set(["GET", "HEAD"]);
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\]|.*\.localhost)$/;

/**
 * Stands in front of Remix and throws a ParleyError for every request that must not reach it: a name we
 * do not answer to, a form from another site, a way around the routes, a body past the limit.
 * `addresses` are those of this machine's interfaces.
 */
export function guard(
  request: Request,
  settings: GuardSettings,
  addresses: ReadonlySet<string>,
): void {
  const url = new URL(request.url);
  refuseOtherHosts(request, settings, addresses);
  refuseSideDoors(url);
  refuseOtherMethods(request);
  if (!SAFE_METHODS.has(request.method)) refuseOtherOrigins(request, url, settings);
  refuseLargeBodies(request);
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
    status: 403,
    next: "Open it by its own address, or start it with --allowed-hosts and this name.",
    detail: `Host: ${header}`,
  });
}

/** Remix 2 runs actions and shows loader data through these for whoever asks; nothing of ours uses them. */
function refuseSideDoors(url: URL) {
  const side =
    url.searchParams.has("_data") ||
    url.searchParams.has("_routes") ||
    url.pathname.endsWith(".data") ||
    url.pathname.endsWith("/__manifest");
  if (!side) return;
  throw new ParleyError("not-found", "There is nothing at this address.", {
    status: 404,
    next: "Go to the first page.",
  });
}

/** Forms know GET and POST; Remix would run an action for any other method as well. */
function refuseOtherMethods({ method }: Request) {
  if (SAFE_METHODS.has(method) || method === "POST") return;
  throw new ParleyError("wrong-method", `Nothing here answers to ${method}.`, {
    status: 405,
    next: "Parley's pages are read with GET, and its forms are sent with POST.",
  });
}

/**
 * An unsafe request must come from one of our own pages. Browsers say so in Sec-Fetch-Site (over TLS and
 * on localhost) or in Origin; text browsers send neither on a form, but they do send Referer.
 */
function refuseOtherOrigins(request: Request, url: URL, settings: GuardSettings) {
  const origin = request.headers.get("origin");
  if (origin && settings.trustedOrigins.includes(origin)) return;
  const site = request.headers.get("sec-fetch-site");
  if (site !== null ? site === "same-origin" : sameOrigin(origin ?? referer(request), url)) return;
  throw new ParleyError(
    "wrong-origin",
    "The form was sent from another site, so it was not taken.",
    {
      status: 403,
      next: "Send it from Parley's own page.",
      detail: `Origin: ${origin ?? "none"}`,
    },
  );
}

function sameOrigin(origin: string | null, url: URL): boolean {
  return origin === url.origin;
}

function referer(request: Request): string | null {
  const value = request.headers.get("referer");
  return value && URL.canParse(value) ? new URL(value).origin : null;
}

function refuseLargeBodies(request: Request) {
  const length = Number(request.headers.get("content-length") ?? 0);
  if (length > REQUEST_BYTES) throw tooLarge();
}

/**
 * The request, with a body that fails with a ParleyError past the limit where no length announces it: the
 * guard has seen the others.
 */
export function limited(request: Request): Request {
  if (!request.body || request.headers.has("content-length")) return request;
  let left = REQUEST_BYTES;
  const body = request.body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        left -= chunk.length;
        if (left < 0) controller.error(tooLarge());
        else controller.enqueue(chunk);
      },
    }),
  );
  return new Request(request, { body });
}

function tooLarge(): ParleyError {
  return new ParleyError("request-too-large", "What was sent is larger than 64 MiB.", {
    status: 413,
    next: "Go back and send less.",
  });
}

function bracketed(host: string): string {
  return host.includes(":") && !host.startsWith("[") ? `[${host}]` : host;
}
