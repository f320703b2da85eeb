import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { lastPrompt } from "../ollama/answers";
import { type Scenario, type ScriptedOllama, startScriptedOllama } from "../ollama/host";
import type { ChatBody } from "../ollama/types";
import { Client } from "../support/engine/client";
import { Ledger } from "../support/engine/ledger";
import { Moves } from "../support/engine/moves";
import { attributesIn } from "../support/page";
import { Launcher, type RunningParley } from "../support/process";
import { Random } from "../support/random";
import type { Vocabulary } from "./requests";
import { Ids } from "./words";

/** Things that are done before the first request, so that there is something of every kind. */
const MOVES = 60;
const HOLD = "Hold on.";

/** Fields and queries that pages of an empty database may not show. */
const FIELDS = [
  ..."prompt model system files kept once title text back from leaf count theme file".split(" "),
];
const QUERIES = [
  ..."q in show before after end at current titled to for kept model deleted saved index".split(
    " ",
  ),
  ..."_data _routes".split(" "),
];

/** The executable on a database with a bit of everything, one answer that does not end, and its Ollama. */
export class FuzzTarget implements AsyncDisposable {
  readonly #launcher = new Launcher();
  readonly #base: string;
  readonly #ollama: ScriptedOllama;
  #parley!: RunningParley;
  #ids!: Ids;
  #vocabulary!: Vocabulary;

  private constructor(base: string, ollama: ScriptedOllama) {
    this.#base = base;
    this.#ollama = ollama;
  }

  /** Starts all of it. The same seed makes the same conversations, but for their ids. */
  static async start(seed: number, base: string): Promise<FuzzTarget> {
    const ollama = await startScriptedOllama({ slots: 4 });
    ollama.always(answer);
    const launcher = new FuzzTarget(base, ollama);
    await launcher.restart();
    await launcher.#fill(new Random(seed));
    launcher.#ids = new Ids(launcher.file);
    launcher.#vocabulary = await launcher.#learn();
    return launcher;
  }

  get parley(): RunningParley {
    return this.#parley;
  }

  get ids(): Ids {
    return this.#ids;
  }

  get vocabulary(): Vocabulary {
    return this.#vocabulary;
  }

  /** The database. */
  get file(): string {
    return join(this.#launcher.data, "parley.db");
  }

  /** Kills Parley where it runs, and starts it on what is there. */
  async restart(): Promise<void> {
    if (this.#parley) await this.#parley.end("SIGKILL");
    const others = [
      "--trusted-origins",
      "https://trusted.example",
      "--allowed-hosts",
      "chat.example",
    ];
    const flags = ["--parallel", "4", "--queue", "50"];
    const base = this.#base === "" ? [] : ["--base-path", this.#base];
    this.#parley = await this.#launcher.launch([
      "--ollama",
      this.#ollama.url,
      ...flags,
      ...others,
      ...base,
    ]);
  }

  /** Lets every answer end that the host still holds back, and those that it is asked for later. */
  release(): void {
    this.#ollama.always({ chunks: ["The end."], everyMs: 0 });
    this.#ollama.release();
  }

  /** Who looks at the database and the pages beside all this. */
  client(): Client {
    return new Client(() => this.#below(), this.file);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#launcher[Symbol.asyncDispose]();
    await this.#ollama.stop();
  }

  /** Parley as those see it who know nothing of a base path. */
  #below(): RunningParley {
    const { fetch, post, page } = this.#parley;
    return {
      ...this.#parley,
      fetch: (path, init) => fetch(this.#base + path, init),
      post: (path, fields, headers) => post(this.#base + path, fields, headers),
      page: (path, headers) => page(this.#base + path, headers),
    };
  }

  async #fill(random: Random): Promise<void> {
    const client = this.client();
    const moves = new Moves(client, new Ledger(), random);
    for (let move = 0; move < MOVES; move++) await moves.step();
    for (const title of ["Greeting", "Translation"]) {
      await client.post("save", "/prompts", { title, text: "Hello, {{name}} of {{place}}." });
    }
    const form = new FormData();
    form.set("file", new File([readFileSync("tests/exports/chatgpt.json")], "conversations.json"));
    await client.post("import", "/imports", form);
    await client.post("hold", "/conversations", { prompt: HOLD, model: "gemma3:4b" });
    if (client.played.faults.length > 0) throw new Error(client.played.faults.join("\n"));
  }

  /** Every address, and the names of fields and queries that pages at those addresses show. */
  async #learn(): Promise<Vocabulary> {
    const { routes } = (await import(
      resolve("build/server.js")
    )) as typeof import("../../app/server");
    const paths = Object.values(routes).flatMap(({ path }) => (path === undefined ? [] : [path]));
    const files = readdirSync("build/files/public", { recursive: true, encoding: "utf8" });
    const [fields, queries] = [new Set(FIELDS), new Set(QUERIES)];
    for (const path of paths) {
      const address = path.replace(/:\w+/g, () => this.#ids.find(path.split("/")[0] ?? "", 0));
      const held = path.endsWith("/events") || path.endsWith("export.zip");
      const page = held ? "" : ((await this.#page(`/${address}`)) ?? "");
      for (const name of attributesIn(page, "name")) fields.add(name);
      for (const [, name = ""] of page.matchAll(/(?:\?|&amp;)(\w+)=/g)) queries.add(name);
    }
    return {
      addresses: paths,
      files,
      base: this.#base,
      fields: [...fields].toSorted(),
      queries: [...queries].toSorted(),
    };
  }

  /** A page as a browser with script gets it, so that it ends. */
  async #page(path: string): Promise<string | undefined> {
    const response = await this.#below().fetch(path, { headers: { Cookie: "parley-script=1" } });
    return response.headers.get("content-type")?.startsWith("text/html")
      ? response.text()
      : undefined;
  }
}

/** An answer that says the prompt again, so that what is hostile in it comes from the host as well. */
function answer(chat: ChatBody): Scenario {
  const prompt = lastPrompt(chat);
  if (prompt === HOLD) return { chunks: ["I ", "wait."], holdAfter: 1 };
  const random = new Random(prompt);
  const end = random.pick([
    "done",
    "done",
    "done",
    "length",
    "eof",
    { error: prompt.slice(0, 2_000) },
  ] as const);
  return { everyMs: random.pick([0, 0, 2, 30]), end };
}
