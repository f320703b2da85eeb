import { Database } from "bun:sqlite";
import { join } from "node:path";
import { type Scenario, startScriptedOllama } from "../../ollama/host";
import { Ground, type RunningParley } from "../process";
import { Random } from "../random";
import { Ledger } from "./ledger";
import { faultsIn } from "./whole";

/** What was done and what was found; `faults` names the step after which it was seen. */
export interface Played {
  faults: string[];
  steps: string[];
  /** How often each kind of step was taken with a 303. */
  taken: Map<string, number>;
}

/** Statuses that say what may be said to such a form; anything else is a fault. */
const EXPECTED = new Set([303, 404, 409, 422, 503]);
const MODELS = ["gemma3:4b", "qwen3:8b"];
const PATIENCE_MS = 20_000;

/**
 * Does random things to a Parley in random order, some of them at the same moment, kills it now and then, and
 * looks at what it keeps. The same seed does the same things; how they meet is for the clock to say.
 */
export async function play(seed: string, steps: number): Promise<Played> {
  await using ground = new Ground();
  const random = new Random(seed);
  const ollama = await startScriptedOllama({ slots: 4 });
  ollama.always(() => answer(random));
  const args = ["--ollama", ollama.url, "--parallel", "2", "--queue", "6"];
  let parley = await ground.launch(args);
  const file = join(ground.data, "parley.db");
  const game = new Game(() => parley, file, random);
  try {
    for (let step = 0; step < steps; step++) {
      const atOnce = random.chance(0.2) ? random.between(2, 4) : 1;
      const doing = Promise.all(Array.from({ length: atOnce }, () => game.step()));
      if (random.chance(0.06)) {
        await Bun.sleep(random.between(0, 30));
        await parley.end("SIGKILL");
        await doing;
        parley = await ground.launch(args);
        game.killed();
      } else await doing;
      await Bun.sleep(random.pick([0, 0, 5, 20, 60]));
      if (step % 10 === 9) game.look(`step ${step}`, false);
    }
    await game.rest();
    game.look("the end", true);
    await game.visit();
    return game.played;
  } finally {
    await parley.end("SIGKILL");
    await ollama.stop();
  }
}

function answer(random: Random): Scenario {
  const pieces = Array.from({ length: random.between(0, 12) }, (_, n) => `word${n} `);
  const end = random.pick(["done", "done", "done", "length", "eof", { error: "gone" }] as const);
  return { pieces, everyMs: random.pick([0, 1, 4, 12]), end };
}

interface Row {
  id: string;
  conversation: string;
  role: string;
}

class Game {
  readonly played: Played = { faults: [], steps: [], taken: new Map() };
  readonly #ledger = new Ledger();
  readonly #parley: () => RunningParley;
  readonly #file: string;
  readonly #random: Random;
  /** Conversations in which something is taken away or changed now: what is left then is known. */
  readonly #busy = new Set<string>();

  constructor(parley: () => RunningParley, file: string, random: Random) {
    this.#parley = parley;
    this.#file = file;
    this.#random = random;
  }

  /** Does one thing. */
  async step(): Promise<void> {
    const messages = this.#rows<Row>(
      `select m.id, m.conversation_id as conversation, role from messages m
       join conversations c on c.id = m.conversation_id where c.deleted_at is null`,
    );
    const conversations = [...new Set(messages.map(({ conversation }) => conversation))];
    const waiting = this.#rows<{ id: string; prompt: string; conversation_id: string }>(
      "select id, prompt, conversation_id from waiting_prompts",
    );
    const random = this.#random;
    if (messages.length === 0 || random.chance(0.08)) return this.#start();
    const message = random.pick(messages);
    const conversation = random.pick(conversations);
    const waits = waiting.length > 0 ? random.pick(waiting) : undefined;
    const kind = random.next();
    if (kind < 0.4) return this.#send(conversation, random.chance(0.2) ? message : undefined);
    if (kind < 0.48) return this.#edit(message);
    if (kind < 0.56) {
      const model = random.chance(0.5) ? { model: random.pick(MODELS) } : {};
      return void this.#post("regenerate", `/messages/${message.id}/regenerate`, model);
    }
    if (kind < 0.62) return void this.#post("choose", `/messages/${message.id}/choose`, {});
    if (kind < 0.7)
      return void (await this.#post("stop", `/conversations/${conversation}/stop`, {}));
    if (kind < 0.76) return void this.#post("continue", `/messages/${message.id}/continue`, {});
    if (kind < 0.8) {
      return this.#alone(message.conversation, () => this.#deleteMessage(message));
    }
    if (kind < 0.83) return this.#deleteConversation(conversation);
    if (kind < 0.86) return this.#restore();
    if (!waits) return this.#send(conversation, undefined);
    if (kind < 0.9) return this.#alone(waits.conversation_id, () => this.#withdraw(waits));
    if (kind < 0.95) return this.#alone(waits.conversation_id, () => this.#editWaiting(waits));
    await this.#post("send now", `/waiting-prompts/${waits.id}/send`, {});
  }

  /** Notes that Parley was killed here. */
  killed(): void {
    this.played.steps.push("killed");
    this.#count("killed");
  }

  /** Looks at everything that is kept. */
  look(name: string, atRest: boolean): void {
    const db = new Database(this.#file);
    try {
      const faults = [...faultsIn(db, { atRest }), ...this.#ledger.faults(db)];
      this.played.faults.push(...faults.map((fault) => `${name}: ${fault}`));
    } finally {
      db.close();
    }
  }

  /** Waits until nothing is queued or being written. */
  async rest(): Promise<void> {
    const patience = Date.now() + PATIENCE_MS;
    const unfinished = () =>
      this.#rows("select id from generations where state in ('queued', 'running')").length;
    while (unfinished() > 0 && Date.now() < patience) await Bun.sleep(20);
  }

  /** Opens every conversation. */
  async visit(): Promise<void> {
    for (const { id, deleted } of this.#rows<{ id: string; deleted: number }>(
      "select id, deleted_at is not null as deleted from conversations",
    )) {
      const { status } = await this.#parley().fetch(`/conversations/${id}`);
      if (status !== (deleted ? 404 : 200))
        this.played.faults.push(`${id} is shown with ${status}`);
    }
  }

  async #alone(conversation: string, act: () => Promise<void>): Promise<void> {
    if (this.#busy.has(conversation)) return;
    this.#busy.add(conversation);
    await act().finally(() => this.#busy.delete(conversation));
  }

  async #start(): Promise<void> {
    const prompt = this.#ledger.words("Start");
    const form = { prompt, model: this.#random.pick(MODELS) };
    this.#ledger.answered(prompt, await this.#post("start", "/conversations", form));
  }

  async #send(conversation: string, at: Row | undefined): Promise<void> {
    const prompt = this.#ledger.words("Send");
    const path = `/conversations/${at?.conversation ?? conversation}/messages`;
    const form = new FormData();
    form.set("prompt", prompt);
    form.set("model", this.#random.pick(MODELS));
    if (this.#random.chance(0.2)) {
      const text = `Notes ${this.#random.between(1, 5)}`;
      form.set("files", new File([text], "notes.txt", { type: "text/plain" }));
    }
    const status = await this.#post("send", at ? `${path}?at=${at.id}` : path, form);
    this.#ledger.answered(prompt, status);
  }

  async #edit({ id }: Row): Promise<void> {
    const prompt = this.#ledger.words("Edit");
    const status = await this.#post("edit", `/messages/${id}/edit`, { prompt });
    this.#ledger.answered(prompt, status);
  }

  async #withdraw({ id, prompt }: { id: string; prompt: string }): Promise<void> {
    this.#ledger.withdrawn(
      prompt,
      await this.#post("withdraw", `/waiting-prompts/${id}/withdraw`, {}),
    );
  }

  async #editWaiting({ id, prompt: before }: { id: string; prompt: string }): Promise<void> {
    const prompt = this.#ledger.words("Edit of one that waits");
    const status = await this.#post("edit waiting", `/waiting-prompts/${id}/edit`, { prompt });
    this.#ledger.withdrawn(before, status);
    this.#ledger.answered(prompt, status);
  }

  async #deleteMessage({ id, conversation }: Row): Promise<void> {
    const below = this.#rows<{ role: string; content: string }>(
      `with recursive below(id) as (select '${id}' union all
         select m.id from messages m join below on m.parent_id = below.id)
       select role, content from messages where id in (select id from below)`,
    );
    // One that waits may have become a turn below it meanwhile.
    const waiting = this.#rows<{ prompt: string }>(
      `select prompt from waiting_prompts where conversation_id = '${conversation}'`,
    );
    const form = { count: String(below.length) };
    const status = await this.#post("delete", `/messages/${id}/delete`, form);
    if (status !== undefined && status !== 303) return;
    const prompts = below.filter(({ role }) => role === "user").map(({ content }) => content);
    this.#ledger.deleted([...prompts, ...waiting.map(({ prompt }) => prompt)]);
  }

  async #deleteConversation(id: string): Promise<void> {
    await this.#post("delete conversation", `/conversations/${id}/delete`, {});
  }

  async #restore(): Promise<void> {
    const deleted = this.#rows<{ id: string }>(
      "select id from conversations where deleted_at is not null",
    );
    if (deleted.length === 0) return;
    const { id } = this.#random.pick(deleted);
    await this.#post("restore", `/conversations/${id}/restore`, {});
  }

  /** The status of a form's answer; undefined where Parley was killed before it gave one. */
  async #post(
    kind: string,
    path: string,
    fields: Record<string, string> | FormData,
  ): Promise<number | undefined> {
    const body = fields instanceof FormData ? fields : new URLSearchParams(fields);
    const headers = { Cookie: "parley-script=1" };
    const response = await this.#parley()
      .fetch(path, { method: "POST", body, headers })
      .catch(() => undefined);
    const status = response?.status;
    void response?.body?.cancel();
    this.played.steps.push(`${kind} ${path} ${status ?? "killed"}`);
    if (status === 303) this.#count(kind);
    if (status !== undefined && !EXPECTED.has(status)) {
      this.played.faults.push(`${kind} ${path} was answered with ${status}`);
    }
    return status;
  }

  #count(kind: string): void {
    this.played.taken.set(kind, (this.played.taken.get(kind) ?? 0) + 1);
  }

  #rows<Row>(query: string): Row[] {
    const db = new Database(this.#file, { readonly: true });
    try {
      return db.query<Row, []>(query).all();
    } finally {
      db.close();
    }
  }
}
