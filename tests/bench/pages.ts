import { Database } from "bun:sqlite";
import { join } from "node:path";
import { addLongConversation } from "../support/long-conversation";
import { type Ask, MODEL } from "./ollama";
import type { ParleyProcess } from "./parley";
import { readWhole } from "./reading";
import type { Row } from "./report";
import { median, timed } from "./statistics";

const REPEATS = 15;
const TURNS = 20;
/** A realistic answer of 100,000 characters has about this many chunks. */
const LONG_TOKENS = 20_000;

/** The time to a page without live parts, from the request to its last byte. */
export async function pageRows(parley: ParleyProcess): Promise<Row[]> {
  const conversation = await conversationOf(parley, TURNS);
  const forty = await pageTimes(parley, conversation);
  const long = await finished(parley, { text: "markdown", size: LONG_TOKENS, everyMs: 0 });
  const whole = await pageTimes(parley, long);
  return [
    {
      what: "page of a conversation of 40 messages",
      figure: median(forty.times),
      unit: "ms",
      raw: forty,
    },
    {
      what: "page of an answer of 100,000 characters",
      figure: median(whole.times),
      unit: "ms",
      raw: whole,
    },
    { what: "the same, rendered for the first time", figure: whole.first, unit: "ms", raw: {} },
  ];
}

async function pageTimes(parley: ParleyProcess, path: string) {
  let bytes = 0;
  const view = () =>
    timed(async () => {
      bytes = (await readWhole(await parley.fetch(path))).bytes;
    });
  const first = await view();
  const times: number[] = [];
  for (let repeat = 0; repeat < REPEATS; repeat++) times.push(await view());
  return { first, times, bytes };
}

/** A conversation whose answers are of usual length. */
async function conversationOf(parley: ParleyProcess, turns: number): Promise<string> {
  const ask = (seed: number): Ask => ({ text: "markdown", size: 200, seed, everyMs: 0 });
  const path = await finished(parley, ask(1));
  for (let turn = 2; turn <= turns; turn++) {
    const body = new URLSearchParams({ prompt: JSON.stringify(ask(turn)), model: MODEL });
    const { status } = await parley.fetch(`${path}/messages`, { method: "POST", body });
    if (status !== 303) throw new Error(`the prompt was not taken: ${status}`);
    await readWhole(await parley.fetch(`${path}/events`));
  }
  return path;
}

async function finished(parley: ParleyProcess, ask: Ask): Promise<string> {
  const path = await parley.begin(ask);
  await readWhole(await parley.fetch(`${path}/events`));
  return path;
}

const SHORT = 40;
/** Long enough for a full page before its middle. */
const MEDIUM = 120;
const LONG = 10_000;
const LENGTH_REPEATS = 50;
/** For all of these: a long conversation costs hardly more than a short one. */
const RATIO = 1.5;

type Conversation = ReturnType<typeof addLongConversation>;

/** A long conversation over a short one; measured alternately, so that both see the same machine. */
export async function lengthRows(parley: ParleyProcess): Promise<Row[]> {
  const long = addLongConversation(parley.folder, LONG);
  const short = addLongConversation(parley.folder, SHORT);
  const medium = addLongConversation(parley.folder, MEDIUM);
  const open = (query: (of: Conversation) => string) => (of: Conversation) =>
    pageTime(parley, of.path + query(of));
  return [
    await lengthRow(
      "page of 10,000 messages over one of 40",
      long,
      short,
      open(() => ""),
    ),
    await lengthRow(
      "page at a message in the middle, over one of 120",
      long,
      medium,
      open(({ ids }) => `?at=${ids[ids.length / 2]}`),
    ),
    await lengthRow(
      "page before a message in the middle, over one of 120",
      long,
      medium,
      open(({ ids }) => `?before=${ids[ids.length / 2]}`),
    ),
    await lengthRow("editing their first prompt", long, short, (of) => edit(parley, of)),
    await lengthRow("going from that branch to the old one", long, short, (of) =>
      goBack(parley, of),
    ),
  ];
}

async function lengthRow(
  what: string,
  long: Conversation,
  short: Conversation,
  act: (of: Conversation) => Promise<number>,
): Promise<Row> {
  const times: { long: number[]; short: number[] } = { long: [], short: [] };
  await act(long);
  await act(short);
  for (let repeat = 0; repeat < LENGTH_REPEATS; repeat++) {
    times.long.push(await act(long));
    times.short.push(await act(short));
  }
  const figure = median(times.long) / median(times.short);
  return { what, figure, unit: "x", budget: RATIO, raw: times };
}

function pageTime(parley: ParleyProcess, path: string): Promise<number> {
  return timed(async () => {
    await readWhole(await parley.fetch(path));
  });
}

/** From the form to the redirect, without the answer. */
async function edit(parley: ParleyProcess, { ids, path }: Conversation): Promise<number> {
  const body = new URLSearchParams({
    prompt: JSON.stringify({ text: "markdown", size: 5, everyMs: 0 }),
    model: MODEL,
    leaf: ids.at(-1) ?? "",
  });
  const took = await timed(() => post(parley, `/messages/${ids[0]}/edit`, body));
  await readWhole(await parley.fetch(`${path}/events`));
  return took;
}

/** To the first branch; the way back is not measured. */
async function goBack(parley: ParleyProcess, { ids, path }: Conversation): Promise<number> {
  const there = new URLSearchParams();
  const took = await timed(() => post(parley, `/messages/${ids[0]}/choose`, there));
  const html = await (await parley.fetch(`${path}?at=${ids[0]}`)).text();
  const next = /action="([^"]*\/choose)"(?:(?!<\/form>).)*Next alternative/s.exec(html)?.[1];
  if (!next) throw new Error("the other branch is not linked");
  const left = new URLSearchParams({ from: ids[0] ?? "", leaf: ids.at(-1) ?? "" });
  await post(parley, next, left);
  return took;
}

async function post(parley: ParleyProcess, path: string, body: URLSearchParams): Promise<void> {
  const { status } = await parley.fetch(path, { method: "POST", body });
  if (status !== 303) throw new Error(`${path} was not taken: ${status}`);
}

const FEW = 200;
const MANY = 100_000;
const LIST_REPEATS = 25;

/** The list and the first page (with its sidebar) with many conversations, over the same with few. */
export async function listRows(parley: ParleyProcess): Promise<Row[]> {
  addConversations(parley.folder, 0, FEW);
  // A first run is for the compiler; without it the last measured would be faster.
  await measure(parley);
  const few = await measure(parley);
  addConversations(parley.folder, FEW, MANY);
  const many = await measure(parley);
  return (["list", "deep", "home"] as const).map((what) => ({
    what: WORDS[what],
    figure: median(many[what]) / median(few[what]),
    unit: "x",
    budget: 1.5,
    raw: { few: few[what], many: many[what] },
  }));
}

const WORDS = {
  list: "list of 100,000 conversations over one of 200",
  deep: "the second page of it",
  home: "the first page with them in its sidebar",
};

async function measure(parley: ParleyProcess) {
  const list = await (await parley.fetch("/conversations")).text();
  const older = /class="older" href="([^"]*)"/.exec(list)?.[1]?.replaceAll("&amp;", "&");
  if (!older) throw new Error("the list has no second page");
  const paths = { list: "/conversations", deep: older, home: "/" };
  const times: Record<keyof typeof paths, number[]> = { list: [], deep: [], home: [] };
  for (let repeat = 0; repeat < LIST_REPEATS; repeat++) {
    for (const what of ["list", "deep", "home"] as const) {
      const view = async () => void (await readWhole(await parley.fetch(paths[what])));
      times[what].push(await timed(view));
    }
  }
  return times;
}

/** Written into the file: asking for so many answers would take hours. */
function addConversations(folder: string, from: number, to: number): void {
  const db = new Database(join(folder, "parley.db"));
  db.run("pragma busy_timeout = 10000");
  const conversation = db.query(`
    insert into conversations (id, owner_id, title, leaf_id, created_at, updated_at)
    values (?, 'local', ?, ?, ?, ?)`);
  const message = db.query(`
    insert into messages (id, owner_id, conversation_id, parent_id, role, content, model, created_at)
    values (?, 'local', ?, ?, ?, ?, ?, ?)`);
  const generation = db.query(`
    insert into generations
      (id, owner_id, conversation_id, message_id, model, state, created_at, ended_at)
    values (?, 'local', ?, ?, 'bench', 'finished', ?, ?)`);
  const hour = 3_600_000;
  const newest = Date.now() - hour;
  db.transaction(() => {
    for (let n = from; n < to; n++) {
      const [id, prompt, answer] = [Bun.randomUUIDv7(), Bun.randomUUIDv7(), Bun.randomUUIDv7()];
      const at = newest - n * hour;
      conversation.run(id, `Conversation ${n} about the tides`, answer, at, at);
      message.run(prompt, id, null, "user", `Question ${n}`, null, at);
      message.run(answer, id, prompt, "assistant", `Answer ${n}`, "bench", at);
      generation.run(Bun.randomUUIDv7(), id, answer, at, at);
    }
  })();
  db.close();
}
