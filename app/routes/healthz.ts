import { json } from "@remix-run/node";
import { StorageError } from "~/errors";
import { handle } from "~/http/handle";

/** 503 only if the database cannot be read or written; the state of Ollama is in the body. */
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
