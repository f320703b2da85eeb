import { png } from "../files";
import type { Random } from "../random";
import { type Client, importCopy } from "./client";
import type { Ledger } from "./ledger";

const MODELS = ["gemma3:4b", "qwen3:8b"];

interface Row {
  id: string;
  conversation: string;
  role: string;
}

interface Waiting {
  id: string;
  prompt: string;
  conversation: string;
}

/** Something to do in every kind of place, and how often it is done beside the others. */
type Move = [weight: number, act: (at: Places) => Promise<unknown>];

/** Where something can be done. */
interface Places {
  message: Row;
  /** Another message of the same conversation, or the same. */
  other: Row;
  conversation: string;
  waiting: Waiting | undefined;
}

/** Everything that a person can do to conversations, one at a time or several at once. */
export class Moves {
  readonly #client: Client;
  readonly #ledger: Ledger;
  readonly #random: Random;
  /** Conversations in which something is taken away or changed now: what is left then is known. */
  readonly #busy = new Set<string>();
  readonly #moves: Move[] = [
    [32, ({ conversation }) => this.#send(conversation)],
    [8, ({ message }) => this.#send(message.conversation, message.id)],
    [6, ({ message, other }) => this.#edit(message.id, other.id)],
    [4, ({ message }) => this.#editTwice(message)],
    [8, ({ message, other }) => this.#regenerate(message.id, other.id)],
    [8, ({ message, other }) => this.#choose(message, other)],
    [7, ({ message }) => this.#stop(message)],
    [6, ({ message }) => this.#client.post("continue", `/messages/${message.id}/continue`)],
    [5, ({ message }) => this.#alone(message.conversation, () => this.#deleteMessage(message))],
    [3, ({ conversation }) => this.#verb(conversation, "delete")],
    [4, () => this.#restore()],
    [3, ({ conversation }) => this.#rename(conversation)],
    [2, ({ conversation }) => this.#verb(conversation, this.#random.pick(["pin", "unpin"]))],
    [
      2,
      ({ conversation }) => this.#verb(conversation, this.#random.pick(["archive", "unarchive"])),
    ],
    [2, ({ conversation }) => importCopy(this.#client, this.#ledger, conversation)],
    [4, ({ waiting }) => this.#withWaiting(waiting, (one) => this.#withdraw(one))],
    [5, ({ waiting }) => this.#withWaiting(waiting, (one) => this.#editWaiting(one))],
    [6, ({ waiting, message }) => this.#sendNow(waiting, message)],
  ];

  constructor(client: Client, ledger: Ledger, random: Random) {
    this.#client = client;
    this.#ledger = ledger;
    this.#random = random;
  }

  /** Does one thing. */
  async step(): Promise<void> {
    const random = this.#random;
    const messages = this.#client.rows<Row>(
      `select m.id, m.conversation_id as conversation, role from messages m
       join conversations c on c.id = m.conversation_id where c.deleted_at is null`,
    );
    if (messages.length === 0 || random.chance(0.08)) return this.#start();
    const waiting = this.#client.rows<Waiting>(
      "select id, prompt, conversation_id as conversation from waiting_prompts",
    );
    const message = random.pick(messages);
    const near = messages.filter(({ conversation }) => conversation === message.conversation);
    const act = this.#any();
    await act({
      message,
      other: random.pick(near),
      conversation: random.pick([...new Set(messages.map(({ conversation }) => conversation))]),
      waiting: waiting.length > 0 ? random.pick(waiting) : undefined,
    });
  }

  #any(): Move[1] {
    let left = this.#random.next() * this.#moves.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, act] of this.#moves) {
      left -= weight;
      if (left < 0) return act;
    }
    return () => this.#start();
  }

  /** Nothing else that takes away or changes goes on in the conversation meanwhile. */
  async #alone(conversation: string, act: () => Promise<void>): Promise<void> {
    if (this.#busy.has(conversation)) return;
    this.#busy.add(conversation);
    await act().finally(() => this.#busy.delete(conversation));
  }

  async #start(): Promise<void> {
    const prompt = this.#ledger.words("Start");
    const form = this.#withFiles({ prompt, model: this.#random.pick(MODELS) });
    this.#ledger.answered(prompt, await this.#client.post("start", "/conversations", form));
  }

  async #send(conversation: string, at?: string): Promise<void> {
    const prompt = this.#ledger.words("Send");
    const path = `/conversations/${conversation}/messages${at ? `?at=${at}` : ""}`;
    const form = this.#withFiles({ prompt, model: this.#random.pick(MODELS) });
    this.#ledger.answered(prompt, await this.#client.post("send", path, form));
  }

  /** Few files, so that several messages have the same. */
  #withFiles(fields: Record<string, string>): FormData {
    const random = this.#random;
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    if (random.chance(0.15)) {
      const text = `Notes ${random.between(1, 5)}`;
      form.append("files", new File([text], "notes.txt", { type: "text/plain" }));
    }
    if (random.chance(0.1)) {
      const picture = new Uint8Array(png(random.between(1, 3), 2));
      form.append("files", new File([picture], "picture.png", { type: "image/png" }));
    }
    return form;
  }

  async #edit(id: string, leaf: string): Promise<void> {
    const prompt = this.#ledger.words("Edit");
    const status = await this.#client.post("edit", `/messages/${id}/edit`, { prompt, leaf });
    this.#ledger.answered(prompt, status);
  }

  /** Two edits at once both survive as alternatives. */
  async #editTwice({ id, conversation }: Row): Promise<void> {
    await this.#alone(conversation, async () => {
      const prompts = [this.#ledger.words("One edit"), this.#ledger.words("Other edit")];
      const statuses = await Promise.all(
        prompts.map((prompt) =>
          this.#client.post("edit at once", `/messages/${id}/edit`, { prompt }),
        ),
      );
      for (const [index, prompt] of prompts.entries()) {
        this.#ledger.answered(prompt, statuses[index]);
        if (statuses[index] !== 303) continue;
        const alternatives = this.#client.rows(
          `select 1 from messages edited join messages before on before.id = ?1
           where edited.content = ?2 and edited.parent_id is before.parent_id
             and edited.conversation_id = before.conversation_id`,
          id,
          prompt,
        );
        if (alternatives.length !== 1) this.#client.fault(`“${prompt}” is no alternative of ${id}`);
      }
    });
  }

  async #regenerate(id: string, leaf: string): Promise<void> {
    const fields: Record<string, string> = { leaf };
    if (this.#random.chance(0.5)) fields.model = this.#random.pick(MODELS);
    await this.#client.post("regenerate", `/messages/${id}/regenerate`, fields);
  }

  /** The fields say what a page showed; a stale or strange one may say anything. */
  async #choose({ id }: Row, other: Row): Promise<void> {
    const said = this.#random.pick<Record<string, string>>([
      {},
      { from: other.id, leaf: id },
      { from: id, leaf: other.id },
    ]);
    await this.#client.post("choose", `/messages/${id}/choose`, said);
  }

  async #stop({ id, conversation }: Row): Promise<void> {
    const [generation] = this.#client.rows<{ id: string }>(
      "select id from generations where message_id = ? order by id desc limit 1",
      id,
    );
    const path = `/conversations/${conversation}/stop`;
    const way = this.#random.pick(["all", "at", "one"]);
    if (way === "all") await this.#client.post("stop", path);
    else if (way === "at") await this.#client.post("stop at", `${path}?at=${id}`);
    else if (generation) await this.#client.post("stop one", `/generations/${generation.id}/stop`);
  }

  async #verb(conversation: string, verb: string): Promise<void> {
    const kind = verb === "delete" ? "delete conversation" : verb;
    await this.#client.post(kind, `/conversations/${conversation}/${verb}`);
  }

  async #rename(conversation: string): Promise<void> {
    const title = `Title ${this.#random.between(1, 9)}`;
    await this.#client.post("rename", `/conversations/${conversation}/rename`, { title });
  }

  async #restore(): Promise<void> {
    const deleted = this.#client.rows<{ id: string }>(
      "select id from conversations where deleted_at is not null",
    );
    if (deleted.length > 0) await this.#verb(this.#random.pick(deleted).id, "restore");
  }

  async #withWaiting(
    waiting: Waiting | undefined,
    act: (waiting: Waiting) => Promise<void>,
  ): Promise<void> {
    if (waiting) await this.#alone(waiting.conversation, () => act(waiting));
  }

  async #withdraw({ id, prompt }: Waiting): Promise<void> {
    const status = await this.#client.post("withdraw", `/waiting-prompts/${id}/withdraw`);
    this.#ledger.withdrawn(prompt, status);
  }

  async #editWaiting({ id, prompt: before }: Waiting): Promise<void> {
    const prompt = this.#ledger.words("Edit of one that waits");
    const status = await this.#client.post("edit waiting", `/waiting-prompts/${id}/edit`, {
      prompt,
    });
    this.#ledger.withdrawn(before, status);
    this.#ledger.answered(prompt, status);
  }

  async #sendNow(waiting: Waiting | undefined, message: Row): Promise<void> {
    if (!waiting) return;
    const at = message.conversation === waiting.conversation ? `?at=${message.id}` : "";
    await this.#client.post("send now", `/waiting-prompts/${waiting.id}/send${at}`);
  }

  async #deleteMessage({ id, conversation }: Row): Promise<void> {
    const below = this.#client.rows<{ role: string; content: string }>(
      `with recursive below(id) as (select ?1 union all
         select m.id from messages m join below on m.parent_id = below.id)
       select role, content from messages where id in (select id from below)`,
      id,
    );
    // One that waits may have become a turn below it meanwhile.
    const waiting = this.#client.rows<{ prompt: string }>(
      "select prompt from waiting_prompts where conversation_id = ?",
      conversation,
    );
    const form = { count: String(below.length) };
    const status = await this.#client.post("delete", `/messages/${id}/delete`, form);
    if (status !== undefined && status !== 303) return;
    const prompts = below.filter(({ role }) => role === "user").map(({ content }) => content);
    this.#ledger.deleted([...prompts, ...waiting.map(({ prompt }) => prompt)]);
  }
}
