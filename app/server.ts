import http from "node:http";
import { homedir } from "node:os";
import { join } from "node:path";
import * as remix from "@remix-run/dev/server-build";
import type { ServerBuild } from "@remix-run/node";
import { startPurging } from "~/conversations/deleting";
import { sendAllNext, sendNext } from "~/conversations/waiting-prompts";
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
import { startIndexing } from "~/search/indexing";
import { helpText, readSettings, type Settings } from "~/settings.server";
import { Imports } from "~/transfer/imports";
import { version } from "../package.json";

export interface ServerContext {
  /** Contains `public` and `drizzle`, in the binary or on disk. */
  folder: string;
  version: string;
  log: Log;
  patterns?: boolean;
  /** Time without prompts before a title is written; shorter in tests. */
  quietMs?: number;
}

export interface Server {
  /** With the base path, without a trailing slash. */
  readonly url: string;
  /** Refuses requests, saves running generations, closes the database. */
  stop(): Promise<void>;
}

/** Runs the command `parley`. Exit codes: 0 after a signal, 1 if it cannot start, 2 for invalid settings. */
export async function main(folder: string): Promise<void> {
  if (process.argv[2] === READ_PDF) return writePdfText(Number(process.argv[3]));
  const reading = readSettings(process.argv.slice(2), process.env, homedir());
  switch (reading.kind) {
    case "help":
      return exit(0, helpText());
    case "version":
      return exit(0, `${version}\n`);
    case "faults":
      return exit(2, `parley cannot start:\n${reading.faults.map((f) => `  - ${f}\n`).join("")}`);
    case "serve":
      return run(reading.settings, folder);
  }
}

async function run(settings: Settings, folder: string): Promise<void> {
  restartForMany(settings.parallel);
  // The reader of the log may have ended.
  process.stderr.on("error", () => {});
  const log = createLog({
    level: settings.logLevel,
    pretty: process.stderr.isTTY,
    write: (line) => process.stderr.write(line),
  });
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
    // SIGHUP: the terminal was closed.
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
    exit(1, `parley: ${error.message}\n`);
  }
}

function exit(code: number, words: string): void {
  (code === 0 ? process.stdout : process.stderr).write(words);
  process.exitCode = code;
}

// The type of the generated module is wider.
export const build = remix as ServerBuild;

/** The addresses of the browser script and its imports. */
export const pageScripts = [build.assets.entry.module, ...build.assets.entry.imports];

/** All routes, for tests. */
export const { routes } = build;

/** Opens the database, recovers from a crash and serves; throws StartError if it cannot. */
export async function serve(settings: Settings, context: ServerContext): Promise<Server> {
  const { log } = context;
  const db = await openDb(settings.databaseFile, join(context.folder, "drizzle"), (fault) =>
    fault ? log.error("saving fails", { reason: fault.reason }) : log.info("saving works again"),
  );
  const services = servicesOf(db, settings, context);
  const assets = readAssets(join(context.folder, "public"));
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
  // Fills the cache for the first page.
  void services.catalog.offer();
  return {
    url: `http://${urlHost(settings.host)}:${bun.port}${settings.basePath}`,
    stop: () => stop(services, bun, stopUpkeep),
  };
}

function servicesOf(db: Db, settings: Settings, context: ServerContext): Services {
  const { log } = context;
  const { demo, parallel, queue, basePath } = settings;
  const demoHost = demo === "off" ? undefined : ollamaHost("http://demo.invalid", createDemoHost());
  const catalog = new Catalog(ollamaHost(settings.ollama), demoHost, demo);
  const generations = new Generations({ db, catalog, log, parallel, queue });
  generations.follow((ended) =>
    sendNext({ db: db.of(ended.ids.ownerId), catalog, generations }, ended),
  );
  const { titles: enabled } = settings;
  const { quietMs } = context;
  const readPdf = pdfReader(context.folder);
  return {
    ...{ db, catalog, generations, readPdf, log },
    titles: new Titles({ db, catalog, log, generations, enabled, quietMs }),
    imports: new Imports({ db, readPdf, log }),
    rendered: new RenderedAnswers(),
    base: basePath,
    version: context.version,
    scripts: [build.assets.entry.module],
    patterns: context.patterns ?? false,
  };
}

/** Ends generations that a crash left running and starts queued prompts; closes everything if it fails. */
async function recover(services: Services, bun: Bun.Server<undefined>): Promise<void> {
  const { db, generations, imports } = services;
  try {
    await generations.recover();
    await imports.recover();
    await sendAllNext(services);
  } catch (error) {
    await bun.stop(true);
    await generations.close();
    await db.close();
    if (!(error instanceof StorageError)) throw error;
    throw new StartError(error.message, { cause: error });
  }
}

/** Starts background work; returns a function that ends it. */
function startUpkeep({ db, generations, log }: Services): () => Promise<void> {
  const stopPurging = startPurging({ db, generations }, log);
  const stopIndexing = startIndexing(db, log);
  const stopDeletingUnsent = deleteUnsentHourly({ db }, log);
  return async () => {
    stopDeletingUnsent();
    await stopIndexing();
    await stopPurging();
  };
}

/** Time for open responses to show that the answer was interrupted. */
const SHUTDOWN_MS = 500;

async function stop(
  { db, generations, imports, titles }: Services,
  bun: Bun.Server<undefined>,
  stopUpkeep: () => Promise<void>,
): Promise<void> {
  const stopped = bun.stop();
  await Promise.all([generations.close(), imports.close()]);
  await titles.close();
  await stopUpkeep();
  await Promise.race([stopped, Bun.sleep(SHUTDOWN_MS)]);
  await bun.stop(true);
  await db.close();
}

async function listen(settings: Settings, respond: Respond): Promise<Bun.Server<undefined>> {
  // Bun reads its header limit here; pages on other ports can set cookies beyond its default of 16 KiB.
  Object.assign(http, { maxHeaderSize: HEADER_BYTES });
  try {
    return Bun.serve({
      hostname: settings.host,
      port: settings.port,
      // The guard limits bodies and shows a page; Bun would not.
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
