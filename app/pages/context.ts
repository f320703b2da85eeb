import type { AppLoadContext } from "@remix-run/node";
import type { Db, OwnerDb } from "~/db/db";
import type { PdfReader } from "~/files/pdf";
import type { Generations } from "~/generation/generations";
import type { Titles } from "~/generation/titles";
import type { StatedProblem } from "~/http/request-handler";
import { PageBody } from "~/live/page-body";
import type { Log } from "~/log.server";
import type { RenderedAnswers } from "~/markdown/rendered-answers";
import type { Catalog } from "~/models/catalog";
import type { Imports } from "~/transfer/imports";
import { Hrefs } from "./hrefs";
import type { Outcome } from "./outcome";

/** What the server opens once for all requests. */
export interface Services {
  db: Db;
  catalog: Catalog;
  generations: Generations;
  readPdf: PdfReader;
  titles: Titles;
  imports: Imports;
  log: Log;
  rendered: RenderedAnswers;
  /** The path that the app is served below: "" at the root, else "/sub/path". */
  base: string;
  version: string;
  /** The browser script, below the base path. */
  scripts: readonly string[];
  /** Whether there is a page of patterns: in development and tests only. */
  patterns: boolean;
}

/** The load context of routes: the services, and the state of one request. */
export interface RequestContext extends Omit<Services, "db"> {
  ownerId: string;
  /** The rows of the person who asks: there is no way to another's. */
  db: OwnerDb;
  /** Resolves while the database answers and what is written is saved; else rejects with a StorageError. */
  checkDatabase(): Promise<void>;
  hrefs: Hrefs;
  /** Keeps the connection open while nothing is sent: Bun closes it after ten quiet seconds. */
  keepOpen(): void;
  /** Set by `showAgain`. */
  outcome: Outcome;
  body: PageBody;
}

declare module "@remix-run/server-runtime" {
  interface AppLoadContext extends RequestContext {}
}

/** The one person until there are accounts. */
const OWNER = "local";

/** The context of one request; `problem` is that of another address, to be shown on the error page. */
export function requestContext(
  services: Services,
  keepOpen: () => void,
  problem: StatedProblem | undefined,
): AppLoadContext {
  return {
    ...services,
    db: services.db.of(OWNER),
    checkDatabase: () => services.db.check(),
    ownerId: OWNER,
    hrefs: new Hrefs(services.base),
    keepOpen,
    outcome: problem ? { kind: "problem", problem } : { kind: "none" },
    body: new PageBody(),
  };
}
