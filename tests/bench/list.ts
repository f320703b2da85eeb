import { Database } from "bun:sqlite";
import { join } from "node:path";
import type { ParleyProcess } from "./parley";
import { readWhole } from "./reading";
import { median, timed } from "./statistics";
import type { Row } from "./table";

const FEW = 200;
const MANY = 100_000;
const REPEATS = 25;

/** The list and the first page, which has it in its sidebar, with many conversations over the same with few. */
export async function listRows(parley: ParleyProcess): Promise<Row[]> {
  addConversations(parley.folder, 0, FEW);
  // Once for the compiler, which would speed up what is measured last.
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
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    for (const what of ["list", "deep", "home"] as const) {
      const view = async () => void (await readWhole(await parley.fetch(paths[what])));
      times[what].push(await timed(view));
    }
  }
  return times;
}

/** Conversations of one turn each, straight into the file: asking for so many answers would take hours. */
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
