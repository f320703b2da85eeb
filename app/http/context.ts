import type { SavedPromptText } from "~/conversations/saved-prompts";
import type { SteeringText } from "~/conversations/steering";
import type { Db } from "~/db/db";
import type { Problem } from "~/errors";
import type { PdfReader } from "~/files/pdf";
import type { Generations } from "~/generation/generations";
import type { Titles } from "~/generation/titles";
import type { Streamed } from "~/live/document";
import type { LargeParts } from "~/live/large-parts";
import type { Log } from "~/log.server";
import type { RenderedAnswers } from "~/markdown/rendered-answers";
import type { Catalog } from "~/models/catalog";
import type { Refused } from "~/pages/refusal";
import type { Imports } from "~/transfer/imports";
import type { SentForms } from "./sent-forms";
import type { SetAside } from "./set-aside";

/** What the server opened once and hands to every request. */
export interface Services {
  db: Db;
  catalog: Catalog;
  generations: Generations;
  readPdf: PdfReader;
  titles: Titles;
  imports: Imports;
  log: Log;
  rendered: RenderedAnswers;
  setAside: SetAside;
  sentForms: SentForms;
  /** Where the app is served: "" at the root, else "/sub/path". */
  base: string;
  version: string;
  /** What pages link as the browser script, below the base path. */
  scripts: readonly string[];
  /** The page of patterns is there in development and tests only. */
  patterns: boolean;
}

/** A problem with the status that it has as a response. */
export interface StatedProblem extends Problem {
  status: number;
}

/** The load context of routes: the services and what belongs to this one request. */
export interface RequestContext extends Services {
  /** Who asks. One person until there are accounts. */
  ownerId: string;
  /** Keeps the connection open while nothing is sent: Bun closes it after ten quiet seconds. */
  keepOpen(): void;
  /** What an action did not take: the loader that follows it shows it again, with the reason. */
  refused?: Refused;
  /** A form of instructions and options that was not taken, and why: the page shows it again. */
  steeringRefused?: { typed: SteeringText; faults: SteeringText; problem?: Problem };
  /** A saved prompt that was not taken, and why: its form shows it again. */
  savedPromptRefused?: {
    typed: SavedPromptText;
    faults: Partial<SavedPromptText>;
    problem?: Problem;
  };
  /** What another address had to say, for the error page to show in its place. */
  problem?: StatedProblem;
  /** What the composer of the page begins with: a saved prompt that was filled in. */
  filled?: string;
  /** Makes the response a document that stays open and streams this answer, and what follows it. */
  streamAnswer(streamed: Streamed): void;
  /** What streamAnswer was told, for the one who renders. */
  streamed?: Streamed;
  /** Long answers of the page, for the one who renders. */
  largeParts?: LargeParts;
}

declare module "@remix-run/server-runtime" {
  interface AppLoadContext extends RequestContext {}
}
