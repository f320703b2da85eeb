import { hostname, networkInterfaces } from "node:os";
import { type AppLoadContext, createRequestHandler, type ServerBuild } from "@remix-run/node";
import { respondTo } from "remix-utils/respond-to";
import { ParleyError, type Problem, problemOf } from "~/errors";
import type { Log } from "~/log.server";
import type { Assets } from "./assets";
import { type GuardSettings, guard, limited, overTls, publicOrigin } from "./guard";
import { ownFault, statusOf } from "./handle";
import { compressed, isFromHtmx, secured, swappable } from "./response";

export type Respond = (request: Request, server: Bun.Server<undefined>) => Promise<Response>;

export interface StatedProblem extends Problem {
  status: number;
}

export interface App {
  base: string;
  log: Log;
  /** The load context of one request; `problem` is for the error page. */
  context(keepOpen: () => void, problem?: StatedProblem): AppLoadContext;
  errorPage(problem: StatedProblem, at: { base: string; styles: string | undefined }): Response;
}

/** Passes requests through the guard, the assets and Remix; adds security headers and compresses whole pages. */
export function requestHandler(
  build: ServerBuild,
  settings: GuardSettings,
  assets: Assets,
  app: App,
): Respond {
  const remix = createRequestHandler(build, "production");
  const addresses = ownNames();
  return async (request, server) => {
    const keepOpen = () => server.timeout(request, 0);
    const response = await respond(request, keepOpen).catch((error) => refuse(error));
    return secured(withoutBody(request, swappable(request, response)), overTls(request));
  };

  async function respond(request: Request, keepOpen: () => void): Promise<Response> {
    guard(request, settings, addresses);
    const inside = insideRequest(request, app.base);
    if (!inside) throw nothingHere();
    const file = await assets.respond(new URL(inside.url).pathname, request);
    if (file) return file;
    const response = await remix(inside, app.context(keepOpen));
    const page = await asPage(response, inside, (asked, problem) =>
      remix(asked, app.context(keepOpen, problem)),
    );
    return compressed(page, request);
  }

  function refuse(error: unknown): Response {
    const at = { base: app.base, styles: assets.styles };
    if (error instanceof ParleyError) {
      return app.errorPage({ status: statusOf(error), ...problemOf(error) }, at);
    }
    const id = Bun.randomUUIDv7();
    app.log.error("request failed", { id, error });
    return app.errorPage({ status: 500, ...ownFault(id) }, at);
  }
}

/** At the public origin, without the headers of Remix's origin check, which fails behind proxies. */
function insideRequest(request: Request, base: string): Request | undefined {
  const { pathname, search } = new URL(request.url);
  if (base !== "" && pathname !== base && !pathname.startsWith(`${base}/`)) return undefined;
  const headers = new Headers(request.headers);
  headers.delete("origin");
  headers.delete("x-forwarded-host");
  const url = new URL(publicOrigin(request));
  url.pathname = pathname.slice(base.length) || "/";
  url.search = search;
  return new Request(url, {
    // HEAD as GET, so that errors have the same status.
    method: request.method === "HEAD" ? "GET" : request.method,
    headers,
    signal: request.signal,
    ...(request.method === "POST" ? { body: limited(request) } : {}),
  });
}

function withoutBody({ method }: Request, response: Response): Response {
  if (method !== "HEAD" || !response.body) return response;
  void response.body.cancel();
  return new Response(null, response);
}

/** Resource routes respond to problems with JSON; a browser gets the error page instead. */
async function asPage(
  response: Response,
  request: Request,
  render: (asked: Request, problem: StatedProblem) => Promise<Response>,
): Promise<Response> {
  const isJson = response.headers.get("content-type")?.startsWith("application/json") ?? false;
  if (response.status < 400 || !isJson) return response;
  // May be any JSON; only a Problem has a sentence.
  const problem = (await response.clone().json()) as Partial<Problem>;
  if (problem.sentence === undefined) return response;
  // With a sentence, it is a whole Problem.
  const stated = { status: response.status, ...(problem as Problem) };
  const page = () => errorPage(response, request, (asked) => render(asked, stated));
  if (isFromHtmx(request)) return page();
  // Without a prototype, since respondTo looks up any name in Accept.
  const handlers = { "text/html": page, default: () => response };
  return respondTo(request, Object.assign(Object.create(null), handlers));
}

async function errorPage(
  response: Response,
  request: Request,
  render: (asked: Request) => Promise<Response>,
): Promise<Response> {
  const headers = new Headers();
  for (const name of ["accept", "accept-encoding", "cookie", "sec-fetch-mode"]) {
    const value = request.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  const asked = new Request(new URL(NOWHERE, request.url), { headers });
  const page = await render(asked);
  const allow = response.headers.get("allow");
  if (allow) page.headers.set("Allow", allow);
  return page;
}

/** An address of the catch-all route, which renders the error page. */
const NOWHERE = "/nowhere";

function nothingHere(): ParleyError {
  return new ParleyError("not-found", "There is nothing at this address.", { kind: "unknown" });
}

function ownNames(): ReadonlySet<string> {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  const names = addresses.map(({ address, family }) =>
    family === "IPv6" ? `[${address}]` : address,
  );
  return new Set([...names, hostname().toLowerCase()]);
}
