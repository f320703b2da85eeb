import { json } from "@remix-run/node";
import { StorageError } from "~/errors";
import { handle } from "~/http/handle";

/**
 * 200 while the database answers and what is written is saved; else 503 with the reason. Whether Ollama answers is
 * in the body, since a chat without it can wait.
 */
export const loader = handle(async ({ context }) => {
  const { checkDatabase, catalog, version } = context;
  const { state, demo } = await catalog.offer();
  const ollama = state === "ready" || state === "empty" ? "ok" : state;
  const failure = await checkDatabase().then(() => undefined, reasonOf);
  const database = failure ? "failing" : "ok";
  return json(
    { status: database, version, database, ollama, demo, ...failure },
    { status: failure ? 503 : 200 },
  );
});

function reasonOf(error: unknown): { reason: string } {
  return {
    reason: error instanceof StorageError ? error.message : "The database does not answer.",
  };
}
