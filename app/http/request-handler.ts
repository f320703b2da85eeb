import { hostname, networkInterfaces } from "node:os";
import { type AppLoadContext, createRequestHandler, type ServerBuild } from "@remix-run/node";
import { ParleyError, type Problem, problemOf } from "~/errors";
import type { Assets } from "./assets";
import { compressed } from "./compressed";
import type { Services, StatedProblem } from "./context";
import { errorDocument } from "./error-document";
import { type GuardSettings, guard, limited } from "./guard";
import { ownFault } from "./handled";
import { secured } from "./security-headers";

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
  return async (request, server) => {
    const secure = request.headers.get("x-forwarded-proto") === "https";
    try {
      guard(request, settings, addresses);
      const inside = withinBase(limited(request), base);
      if (!inside) throw nothingHere();
      const { pathname } = new URL(inside.url);
      const file = await assets.answer(pathname, inside);
      if (file) return secured(file, secure);
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
      return secured(context.streamed ? response : compressed(response, request), secure);
    } catch (error) {
      const page = { base, styles: assets.styles };
      if (error instanceof ParleyError) {
        return secured(errorDocument(error.status, problemOf(error), page), secure);
      }
      const id = Bun.randomUUIDv7();
      log.error("request failed", { id, error });
      return secured(errorDocument(500, ownFault(id), page), secure);
    }
  };
}

/** The request as seen from below the base path, or undefined where it is not below it. */
function withinBase(request: Request, base: string): Request | undefined {
  if (base === "") return request;
  const url = new URL(request.url);
  if (url.pathname !== base && !url.pathname.startsWith(`${base}/`)) return undefined;
  url.pathname = url.pathname.slice(base.length) || "/";
  return new Request(url, request);
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
  const forPeople = /\btext\/html\b/.test(request.headers.get("accept") ?? "");
  if (response.status < 400 || !isJson || !forPeople) return response;
  const problem = (await response.clone().json()) as Partial<Problem>;
  if (problem.sentence === undefined) return response;
  const url = new URL(request.url);
  const asked = new Request(new URL(NOWHERE, url), {
    method: request.method === "HEAD" ? "HEAD" : "GET",
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
