import { json } from "@remix-run/node";
import { handled } from "~/http/handled";

/** 200 while the database answers; whether Ollama does is in the body, since a chat without it can wait. */
export const loader = handled(async ({ context }) => {
  const { db, catalog, version } = context;
  const { state, demo } = await catalog.offer();
  const ollama = state === "ready" || state === "empty" ? "ok" : state;
  const database = await db.ping().then(
    () => "ok",
    () => "failing",
  );
  const status = database === "ok" ? 200 : 503;
  return json({ status: database, version, database, ollama, demo }, { status });
});
