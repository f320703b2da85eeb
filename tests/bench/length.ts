import { addLongConversation } from "../support/long-conversation";
import { MODEL } from "./ollama";
import type { ParleyProcess } from "./parley";
import { readWhole } from "./reading";
import { median, timed } from "./statistics";
import type { Row } from "./table";

const SHORT = 40;
/** Long enough for a full page before its middle. */
const MEDIUM = 120;
const LONG = 10_000;
const REPEATS = 50;
/** The budget of all these: what is done in a long conversation takes hardly more than in a short one. */
const RATIO = 1.5;

type Conversation = ReturnType<typeof addLongConversation>;

/** What a long conversation costs over a short one; each pair is measured by turns, so both see the same machine. */
export async function lengthRows(parley: ParleyProcess): Promise<Row[]> {
  const long = addLongConversation(parley.folder, LONG);
  const short = addLongConversation(parley.folder, SHORT);
  const medium = addLongConversation(parley.folder, MEDIUM);
  const open = (query: (of: Conversation) => string) => (of: Conversation) =>
    page(parley, of.path + query(of));
  return [
    await row(
      "page of 10,000 messages over one of 40",
      long,
      short,
      open(() => ""),
    ),
    await row(
      "page at a message in the middle, over one of 120",
      long,
      medium,
      open(({ ids }) => `?at=${ids[ids.length / 2]}`),
    ),
    await row(
      "page before a message in the middle, over one of 120",
      long,
      medium,
      open(({ ids }) => `?before=${ids[ids.length / 2]}`),
    ),
    await row("editing their first prompt", long, short, (of) => edit(parley, of)),
    await row("going from that branch to the old one", long, short, (of) => goBack(parley, of)),
  ];
}

async function row(
  what: string,
  long: Conversation,
  short: Conversation,
  act: (of: Conversation) => Promise<number>,
): Promise<Row> {
  const times: { long: number[]; short: number[] } = { long: [], short: [] };
  await act(long);
  await act(short);
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    times.long.push(await act(long));
    times.short.push(await act(short));
  }
  const figure = median(times.long) / median(times.short);
  return { what, figure, unit: "x", budget: RATIO, raw: times };
}

function page(parley: ParleyProcess, path: string): Promise<number> {
  return timed(async () => {
    await readWhole(await parley.fetch(path));
  });
}

/** From the form to the redirect; the answer that it asks for ends outside of the time. */
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

/** To the first branch, then away again outside of the time. */
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
