import { hostname, networkInterfaces } from "node:os";
import { type AppLoadContext, createRequestHandler, type ServerBuild } from "@remix-run/node";
import { ParleyError, problemOf } from "~/errors";
import type { Assets } from "./assets";
import { compressed } from "./compressed";
import type { Services } from "./context";
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
      const response = await remix(inside, context);
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
