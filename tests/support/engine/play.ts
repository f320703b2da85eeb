import { join } from "node:path";
import { type Scenario, startScriptedOllama } from "../../ollama/host";
import { Launcher } from "../process";
import { Random } from "../random";
import { Client, type Played } from "./client";
import { faultsIn } from "./integrity";
import { Ledger } from "./ledger";
import { Moves } from "./moves";

const PATIENCE_MS = 20_000;
/** Longer than a deleted conversation can be taken back. */
const LONG_AGO_MS = 60_000;

/**
 * Does random things to a Parley in random order, some of them at the same moment, kills it now and then, and
 * looks at what it keeps. The same seed does the same things; how they meet is for the clock to say.
 */
export async function play(seed: string, steps: number): Promise<Played> {
  await using launcher = new Launcher();
  const random = new Random(seed);
  const ollama = await startScriptedOllama({ slots: 4 });
  ollama.always(() => answer(random));
  const args = ["--ollama", ollama.url, "--parallel", "2", "--queue", "6"];
  let parley = await launcher.launch(args);
  const client = new Client(() => parley, join(launcher.data, "parley.db"));
  const ledger = new Ledger();
  const moves = new Moves(client, ledger, random);
  const killAndStart = async (meanwhile: Promise<unknown>) => {
    await parley.end("SIGKILL");
    await meanwhile;
    parley = await launcher.launch(args);
    client.played.steps.push("killed");
    client.count("killed");
  };
  const look = (when: string, atRest: boolean) => {
    const faults = client.withDatabase((db) => {
      // One moment for all of it: Parley goes on writing meanwhile.
      db.run("begin");
      return [...faultsIn(db, { atRest }), ...ledger.faults(db)];
    });
    for (const fault of faults) client.fault(`${when}: ${fault}`);
  };
  try {
    for (let step = 0; step < steps; step++) {
      const atOnce = random.chance(0.3) ? random.between(2, 4) : 1;
      const doing = Promise.all(Array.from({ length: atOnce }, () => moves.step()));
      if (random.chance(0.06)) {
        await Bun.sleep(random.between(0, 30));
        await killAndStart(doing);
      } else await doing;
      if (random.chance(0.05)) letTimePass(client, ledger);
      await Bun.sleep(random.pick([0, 0, 5, 20, 60]));
      if (step % 10 === 9) look(`step ${step}`, false);
    }
    // A start removes at once what was deleted long ago.
    await killAndStart(Promise.resolve());
    await atRest(client);
    look("the end", true);
    await visit(client);
    return client.played;
  } finally {
    await parley.end("SIGKILL");
    await ollama.stop();
  }
}

function answer(random: Random): Scenario {
  const chunks = Array.from({ length: random.between(0, 12) }, (_, n) => `word${n} `);
  const end = random.pick(["done", "done", "done", "length", "eof", { error: "gone" }] as const);
  return { chunks, everyMs: random.pick([0, 1, 4, 12, 40]), end };
}

/** What is deleted now has been deleted for so long that it is to go. */
function letTimePass(client: Client, ledger: Ledger): void {
  const prompts = client.withDatabase((db) => {
    db.run("begin immediate");
    const texts = db
      .query<{ text: string }, []>(
        `select content as text from messages m join conversations c on c.id = m.conversation_id
         where role = 'user' and deleted_at is not null
         union all select prompt from waiting_prompts w join conversations c
         on c.id = w.conversation_id where deleted_at is not null`,
      )
      .all();
    db.run(
      `update conversations set deleted_at = max(0, deleted_at - ${LONG_AGO_MS})
       where deleted_at is not null`,
    );
    db.run("commit");
    return texts.map(({ text }) => text);
  });
  ledger.deleted(prompts);
  if (prompts.length > 0) client.count("purge");
}

/** Waits until Parley has nothing left to do. */
export async function atRest(client: Client): Promise<void> {
  const patience = Date.now() + PATIENCE_MS;
  const left = () =>
    client.rows(
      `select id from generations where state in ('queued', 'running') union all
       select id from imports where state = 'running' union all
       select name from upkeep where position is not null union all
       select w.id from waiting_prompts w join conversations c on c.id = w.conversation_id
         where c.deleted_at is null and 'finished' = (select state from generations g
           where g.message_id = w.behind_id order by g.id desc limit 1) union all
       select id from conversations where deleted_at < ${Date.now() - LONG_AGO_MS / 2}`,
    ).length;
  while (left() > 0 && Date.now() < patience) await Bun.sleep(20);
}

/** Opens every conversation. */
async function visit(client: Client): Promise<void> {
  for (const { id, deleted } of client.rows<{ id: string; deleted: number }>(
    "select id, deleted_at is not null as deleted from conversations",
  )) {
    const page = await client.get(`/conversations/${id}`);
    if (page?.status !== (deleted ? 404 : 200)) client.fault(`${id} is shown with ${page?.status}`);
  }
}
