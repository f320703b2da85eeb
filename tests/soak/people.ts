import { readFileSync } from "node:fs";
import type { Client } from "../support/engine/client";
import type { Moves } from "../support/engine/moves";
import { pdf, png } from "../support/files";
import { chunksOf } from "../support/page";
import type { RunningParley } from "../support/process";
import type { Random } from "../support/random";

/** What people have to do with. */
export interface SoakContext {
  parley: RunningParley;
  client: Client;
  moves: Moves;
  random: Random;
}

/** What one kind of person does, again and again. */
interface Habit {
  people: number;
  /** The longest pause before it is done again. */
  pauseMs: number;
  act(context: SoakContext): Promise<unknown>;
}

const MODELS = ["gemma3:4b", "qwen3:8b"];
const SCRIPTED = { Cookie: "parley-script=1" };
const CHATGPT = readFileSync("tests/exports/chatgpt.json", "utf8");
const ID = "11111111-aaaa-4aaa-8aaa-000000000001";

/** Everything that people do to Parley at once. */
export const HABITS: Record<string, Habit> = {
  "converses and reads the document": {
    people: 2,
    pauseMs: 200,
    act: (context) => converse(context, ""),
  },
  "converses and reads the events": {
    people: 2,
    pauseMs: 200,
    act: (context) => converse(context, "/events"),
  },
  "changes, stops and deletes": { people: 2, pauseMs: 400, act: ({ moves }) => moves.step() },
  "looks around": { people: 2, pauseMs: 100, act: look },
  "comes and goes": { people: 2, pauseMs: 50, act: passBy },
  "brings files": { people: 1, pauseMs: 1_500, act: bringFiles },
  "takes everything along": { people: 1, pauseMs: 5_000, act: takeEverything },
  "brings conversations": { people: 1, pauseMs: 3_000, act: bringConversations },
};

/** Sends a prompt and reads what comes, to its end or for a while. */
async function converse(
  { parley, client, random }: SoakContext,
  way: "" | "/events",
): Promise<void> {
  const known = random.chance(0.6) ? anyConversation(client, random) : undefined;
  const path = known ? `/conversations/${known}/messages` : "/conversations";
  const prompt = `The tide at ${random.between(1, 9_999)}, please.`;
  const sent = await parley.post(path, { prompt, model: random.pick(MODELS) });
  await sent.body?.cancel();
  const location = sent.headers.get("location");
  if (location)
    await read(
      await parley.fetch(location + way),
      random.chance(0.3) ? random.between(0, 500) : Infinity,
    );
}

async function look({ parley, client, random }: SoakContext): Promise<void> {
  const id = anyConversation(client, random);
  const word = random.pick([
    "tide",
    "word",
    "wörd1",
    "start 1",
    "has:file",
    '"a b"',
    "%",
    "notes",
    "x".repeat(400),
  ]);
  const path = random.pick([
    ...[
      "/",
      "/conversations",
      "/conversations?show=archived",
      "/settings",
      "/prompts",
      "/import",
      "/healthz",
    ],
    ...["/conversations/sidebar", "/settings/model?model=gemma3:4b", "/nowhere", "/icon.svg"],
    ...[
      `/conversations?q=${encodeURIComponent(word)}`,
      `/conversations?q=${encodeURIComponent(word)}`,
    ],
    ...(id
      ? ["", ".md", ".json", "/rename", "/steering"].map((end) => `/conversations/${id}${end}`)
      : []),
  ]);
  await read(await parley.fetch(path, { headers: SCRIPTED }), Infinity);
}

/** Opens a document or its events and leaves at once, as somebody who clicks through the list. */
async function passBy({ parley, client, random }: SoakContext): Promise<void> {
  const id = anyConversation(client, random);
  if (!id) return;
  const response = await parley.fetch(`/conversations/${id}${random.pick(["", "/events"])}`);
  await read(response, random.pick([0, 0, 20, 200]));
}

async function bringFiles({ parley, random }: SoakContext): Promise<void> {
  const form = new FormData();
  form.set("prompt", "What is in these?");
  form.set("model", "gemma3:4b");
  const side = random.between(100, 1_500);
  const contents: [string | Uint8Array, string][] = [
    [new Uint8Array(png(side, side)), "picture.png"],
    [new Uint8Array(pdf([`Page ${random.between(1, 1_000)}`])), "paper.pdf"],
    [`${random.between(1, 1_000)}\n`.repeat(random.between(1, 100_000)), "notes.txt"],
  ];
  const [content, name] = random.pick(contents);
  form.append("files", new File([content as BlobPart], name));
  const response = await parley.fetch("/conversations", { method: "POST", body: form });
  await response.body?.cancel();
}

async function takeEverything({ parley, random }: SoakContext): Promise<void> {
  await read(
    await parley.fetch("/export.zip"),
    random.chance(0.5) ? random.between(0, 300) : Infinity,
  );
}

/** A conversation of another program, a new one each time. */
async function bringConversations({ parley }: SoakContext): Promise<void> {
  const form = new FormData();
  form.set("file", new File([CHATGPT.replaceAll(ID, Bun.randomUUIDv7())], "conversations.json"));
  const response = await parley.fetch("/imports", { method: "POST", body: form });
  await response.body?.cancel();
  const report = response.headers.get("location");
  if (report) await parley.page(report);
}

function anyConversation(client: Client, random: Random): string | undefined {
  const rows = client.rows<{ id: string }>(
    "select id from conversations order by id desc limit 200",
  );
  return rows.length > 0 ? random.pick(rows).id : undefined;
}

/** Reads a response to its end, or leaves after a time. */
async function read(response: Response, forMs: number): Promise<void> {
  const end = performance.now() + forMs;
  if (forMs === 0) return response.body?.cancel();
  for await (const _ of chunksOf(response)) if (performance.now() > end) return;
}
