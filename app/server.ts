import http from "node:http";
import { homedir } from "node:os";
import { join } from "node:path";
import * as remix from "@remix-run/dev/server-build";
import type { ServerBuild } from "@remix-run/node";
import { keepPurging } from "~/conversations/deleting";
import { goOn, goOnEverywhere } from "~/conversations/waiting-prompts";
import { type Db, openDb } from "~/db/db";
import { StartError, StorageError } from "~/errors";
import { pdfReader, READ_PDF, writePdfText } from "~/files/pdf";
import { deleteUnsentHourly } from "~/files/receive";
import { Generations } from "~/generation/generations";
import { Titles } from "~/generation/titles";
import { readAssets } from "~/http/assets";
import { type Respond, requestHandler } from "~/http/request-handler";
import { HEADER_BYTES } from "~/limits";
import { createLog, type Log } from "~/log.server";
import { RenderedAnswers } from "~/markdown/rendered-answers";
import { Catalog } from "~/models/catalog";
import { ollamaHost, shownAddress } from "~/ollama/client";
import { createDemoHost } from "~/ollama/demo/host";
import { requestContext, type Services } from "~/pages/context";
import { errorDocument } from "~/pages/error-document";
import { restartForMany } from "~/runtime.server";
import { keepIndexing } from "~/search/indexing";
import { helpText, readSettings, type Settings } from "~/settings.server";
import { Imports } from "~/transfer/imports";
import { version } from "../package.json";

/** What is not a setting: the files around the server, and who starts it. */
export interface Surroundings {
  /** Holds `public`, what pages link, and `drizzle`, the migrations; inside the binary or on disk. */
  folder: string;
  version: string;
  log: Log;
  /** Shows the page of patterns: development and tests only. */
  patterns?: boolean;
  /** How long nobody must have asked anything before a title is written; tests do not wait that long. */
  quietMs?: number;
}

export interface Server {
  /** Where it listens, the base path included, without a slash at the end. */
  readonly url: string;
  /** Takes no more requests, lets running generations save their text, closes the database. */
  stop(): Promise<void>;
}

/**
 * Runs `parley` as a command: settings from the arguments and the environment, then the server until a
 * signal ends it. `folder` is the one of Surroundings. Exit codes: 0 after a signal, 1 where it cannot
 * start, 2 for bad settings.
 */
export async function main(folder: string): Promise<void> {
  if (process.argv[2] === READ_PDF) return writePdfText(Number(process.argv[3]));
  const reading = readSettings(process.argv.slice(2), process.env, homedir());
  switch (reading.kind) {
    case "help":
      return leave(0, helpText());
    case "version":
      return leave(0, `${version}\n`);
    case "faults":
      return leave(2, `parley cannot start:\n${reading.faults.map((f) => `  - ${f}\n`).join("")}`);
    case "serve":
      return run(reading.settings, folder);
  }
}

async function run(settings: Settings, folder: string): Promise<void> {
  restartForMany(settings.parallel);
  // Whoever read the log may be gone; conversations go on.
  process.stderr.on("error", () => {});
  const log = createLog({
    level: settings.logLevel,
    pretty: process.stderr.isTTY,
    write: (line) => process.stderr.write(line),
  });
  // For the page of patterns and for nothing else; `bun run dev` and the tests set it.
  const patterns = process.env.PARLEY_PATTERNS === "1";
  try {
    const server = await serve(settings, { folder, version, log, patterns });
    let stopping = false;
    const stop = async () => {
      if (stopping) process.exit(1);
      stopping = true;
      await server.stop();
      log.info("stopped");
      process.exit(0);
    };
    // A terminal that is closed (SIGHUP) is no reason to lose the last words either.
    for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, stop);
    if (process.stdout.isTTY)
      process.stdout.write(`\nParley is at ${server.url}/ and Ctrl+C ends it.\n\n`);
    log.info("listening", {
      url: server.url,
      data: settings.databaseFile,
      ollama: shownAddress(settings.ollama),
    });
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    leave(1, `parley: ${error.message}\n`);
  }
}

function leave(code: number, words: string): void {
  (code === 0 ? process.stdout : process.stderr).write(words);
  process.exitCode = code;
}

/** The Remix build with its routes. */
export const build = remix as ServerBuild;

/** The addresses of the browser script and of what it imports: all that a page needs of the browser build. */
export const pageScripts = [build.assets.entry.module, ...build.assets.entry.imports];

/** Which address is answered by what; tests that walk over all of them take them from here. */
export const { routes } = build;

/** Opens everything once, recovers from a crash, and serves; throws a StartError if it cannot. */
export async function serve(settings: Settings, around: Surroundings): Promise<Server> {
  const { log } = around;
  const db = await openDb(settings.databaseFile, join(around.folder, "drizzle"), (fault) =>
    fault ? log.error("saving fails", { reason: fault.reason }) : log.info("saving works again"),
  );
  const services = servicesOf(db, settings, around);
  const assets = readAssets(join(around.folder, "public"));
  const respond = requestHandler(build, settings, assets, {
    base: settings.basePath,
    log,
    context: (keepOpen, problem) => requestContext(services, keepOpen, problem),
    errorPage: errorDocument,
  });
  const bun = await listen(settings, respond).catch(async (error) => {
    await db.close();
    throw error;
  });
  await recover(services, bun);
  const stopUpkeep = startUpkeep(services);
  // Asked before the first page needs to know; nothing waits for it here.
  void services.catalog.offer();
  return {
    url: `http://${urlHost(settings.host)}:${bun.port}${settings.basePath}`,
    stop: () => stop(services, bun, stopUpkeep),
  };
}

function servicesOf(db: Db, settings: Settings, around: Surroundings): Services {
  const { log } = around;
  const { demo, parallel, queue, basePath } = settings;
  const demoHost = demo === "off" ? undefined : ollamaHost("http://demo.invalid", createDemoHost());
  const catalog = new Catalog(ollamaHost(settings.ollama), demoHost, demo);
  const generations = new Generations({ db, catalog, log, parallel, queue });
  generations.follow((ended) =>
    goOn({ db: db.of(ended.ids.ownerId), catalog, generations }, ended),
  );
  const { titles: enabled } = settings;
  const { quietMs } = around;
  const readPdf = pdfReader(around.folder);
  return {
    ...{ db, catalog, generations, readPdf, log },
    titles: new Titles({ db, catalog, log, generations, enabled, quietMs }),
    imports: new Imports({ db, readPdf, log }),
    rendered: new RenderedAnswers(),
    base: basePath,
    version: around.version,
    scripts: [build.assets.entry.module],
    patterns: around.patterns ?? false,
  };
}

/** Ends what a crash left running and begins what it left queued; if it cannot, closes everything. */
async function recover(services: Services, bun: Bun.Server<undefined>): Promise<void> {
  const { db, generations, imports } = services;
  try {
    await generations.recover();
    await imports.recover();
    await goOnEverywhere(services);
  } catch (error) {
    await bun.stop(true);
    await generations.close();
    await db.close();
    if (!(error instanceof StorageError)) throw error;
    throw new StartError(error.message, { cause: error });
  }
}

/** Starts what runs beside requests, and gives what ends it. */
function startUpkeep({ db, generations, log }: Services): () => Promise<void> {
  const stopPurging = keepPurging({ db, generations }, log);
  const stopIndexing = keepIndexing(db, log);
  const stopDeletingUnsent = deleteUnsentHourly({ db }, log);
  return async () => {
    stopDeletingUnsent();
    await stopIndexing();
    await stopPurging();
  };
}

/** How long open responses may take to say that the answer was interrupted. */
const LAST_WORDS_MS = 500;

async function stop(
  { db, generations, imports, titles }: Services,
  bun: Bun.Server<undefined>,
  stopUpkeep: () => Promise<void>,
): Promise<void> {
  const stopped = bun.stop();
  await Promise.all([generations.close(), imports.close()]);
  await titles.close();
  await stopUpkeep();
  await Promise.race([stopped, Bun.sleep(LAST_WORDS_MS)]);
  await bun.stop(true);
  await db.close();
}

async function listen(settings: Settings, respond: Respond): Promise<Bun.Server<undefined>> {
  // Any page on another port of the same host can set cookies. With Bun's limit of 16 KiB they could block every
  // request. Bun reads the limit from here.
  Object.assign(http, { maxHeaderSize: HEADER_BYTES });
  try {
    return Bun.serve({
      hostname: settings.host,
      port: settings.port,
      // Bun would refuse a larger body without a word; the guard does it with a page.
      maxRequestBodySize: Number.MAX_SAFE_INTEGER,
      fetch: respond,
    });
  } catch (error) {
    const where = `${urlHost(settings.host)}:${settings.port}`;
    const isTaken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
    throw new StartError(
      isTaken
        ? `Port ${settings.port} on ${settings.host} is taken: stop what uses it, or choose another with --port.`
        : `Parley cannot listen on ${where}: ${error instanceof Error ? error.message : error}.`,
      { cause: error },
    );
  }
}

function urlHost(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}
