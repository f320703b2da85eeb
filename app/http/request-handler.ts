import { hostname, networkInterfaces } from "node:os";
import { type AppLoadContext, createRequestHandler, type ServerBuild } from "@remix-run/node";
import { ParleyError, type Problem, problemOf } from "~/errors";
import type { Assets } from "./assets";
import { compressed } from "./compressed";
import type { Services, StatedProblem } from "./context";
import { errorDocument } from "./error-document";
import { type GuardSettings, guard, limited, overTls, publicOrigin } from "./guard";
import { ownFault } from "./handled";
import { secured } from "./security-headers";
import { isFromHtmx, swappable } from "./swappable";

/** Answers a request of the Bun server that received it. */
export type Answer = (request: Request, server: Bun.Server<undefined>) => Promise<Response>;

/** The one person that there is until there are accounts. */
const OWNER = "local";

/**
 * Every request on its way: the guard, then the files that pages link, then Remix; on the way back the
 * safety headers and, for whole pages, compression.
 */
export function requestHandler(
  build: ServerBuild,
  settings: GuardSettings,
  assets: Assets,
  services: Services,
): Answer {
  const { base, log } = services;
  const remix = createRequestHandler(build, "production");
  const addresses = ownNames();
  const answer = async (request: Request, server: Bun.Server<undefined>) => {
    guard(request, settings, addresses);
    const inside = insideRequest(request, base);
    if (!inside) throw nothingHere();
    const file = await assets.answer(new URL(inside.url).pathname, request);
    if (file) return file;
    const context: AppLoadContext = {
      ...services,
      ownerId: OWNER,
      keepOpen: () => server.timeout(request, 0),
      streamAnswer(streamed) {
        context.streamed = streamed;
      },
    };
    const response = await asPage(await remix(inside, context), inside, (asked, problem) =>
      remix(asked, { ...context, problem }),
    );
    return context.streamed ? response : compressed(response, request);
  };
  const explain = (error: unknown) => {
    const page = { base, styles: assets.styles };
    if (error instanceof ParleyError) return errorDocument(error.status, problemOf(error), page);
    const id = Bun.randomUUIDv7();
    log.error("request failed", { id, error });
    return errorDocument(500, ownFault(id), page);
  };
  return async (request, server) => {
    const response = swappable(request, await answer(request, server).catch(explain));
    return secured(withoutBody(request, response), overTls(request));
  };
}

/**
 * The request for Remix: relative to the base path, at the public origin, and without the headers that Remix's
 * own origin check compares (it fails behind proxies; the guard has already decided). HEAD becomes GET, so that
 * errors have the same status. Undefined if the path is outside the base path.
 */
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
    method: request.method === "HEAD" ? "GET" : request.method,
    headers,
    signal: request.signal,
    ...(request.method === "POST" ? { body: limited(request) } : {}),
  });
}

/** Drops the body of a response to HEAD. */
function withoutBody({ method }: Request, response: Response): Response {
  if (method !== "HEAD" || !response.body) return response;
  void response.body.cancel();
  return new Response(null, response);
}

/**
 * Addresses that are no pages (forms, files) say what is wrong as JSON. A browser gets the error page that it
 * gets elsewhere: the one of an address where there is nothing, with this problem.
 */
async function asPage(
  response: Response,
  request: Request,
  render: (asked: Request, problem: StatedProblem) => Promise<Response>,
): Promise<Response> {
  const isJson = response.headers.get("content-type")?.startsWith("application/json") ?? false;
  const accept = request.headers.get("accept") ?? "";
  const forPeople = /\btext\/html\b/.test(accept) || isFromHtmx(request);
  if (response.status < 400 || !isJson || !forPeople) return response;
  const problem = (await response.clone().json()) as Partial<Problem>;
  if (problem.sentence === undefined) return response;
  const asked = new Request(new URL(NOWHERE, request.url), {
    headers: ["accept", "accept-encoding", "cookie", "sec-fetch-mode"].flatMap(
      (name): [string, string][] => {
        const value = request.headers.get(name);
        return value === null ? [] : [[name, value]];
      },
    ),
  });
  const page = await render(asked, { status: response.status, ...(problem as Problem) });
  const allow = response.headers.get("allow");
  if (allow) page.headers.set("Allow", allow);
  return page;
}

/** No route answers here but the one for addresses that nothing answers. */
const NOWHERE = "/nowhere";

function nothingHere(): ParleyError {
  return new ParleyError("not-found", "There is nothing at this address.", { status: 404 });
}

/** The names and addresses under which this machine knows itself. */
function ownNames(): ReadonlySet<string> {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  const names = addresses.map(({ address, family }) =>
    family === "IPv6" ? `[${address}]` : address,
  );
  return new Set([...names, hostname().toLowerCase()]);
}
