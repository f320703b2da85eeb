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
  /** "" at the root, else "/sub/path". */
  base: string;
  version: string;
  /** Paths below the base path. */
  scripts: readonly string[];
  /** In development and tests only. */
  patterns: boolean;
}

/** The load context of routes. */
export interface RequestContext extends Omit<Services, "db"> {
  ownerId: string;
  /** Gives access to this owner's rows only. */
  db: OwnerDb;
  /** Rejects with a StorageError if the database cannot be read or written. */
  checkDatabase(): Promise<void>;
  hrefs: Hrefs;
  /** Bun closes a connection after ten seconds without data otherwise. */
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
