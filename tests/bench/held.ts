import type { Ask, OllamaProcess } from "./ollama";
import { type Reading, readWhole } from "./reading";

const PATIENCE_MS = 10_000;

/** A reading that began when its reader was there already, and what it took from the first token on. */
export interface HeldReading extends Reading {
  ms: number;
}

/**
 * Asks for an answer that is held back, waits until everyone is there, lets it go and reads it to the end.
 * Without this a fast answer would be over before its reader has come.
 */
export async function readHeld(
  ollama: OllamaProcess,
  ask: Ask,
  open: (ask: Ask) => Promise<Promise<Response>[]>,
): Promise<HeldReading[]> {
  const responses = await open({ ...ask, held: true });
  for (const deadline = performance.now() + PATIENCE_MS; (await ollama.held()) === 0; ) {
    if (performance.now() > deadline) throw new Error("the prompt did not reach the host");
    await Bun.sleep(2);
  }
  const begun = performance.now();
  ollama.release();
  return Promise.all(
    responses.map(async (response) => {
      const reading = await readWhole(await response);
      return { ...reading, ms: performance.now() - begun };
    }),
  );
}
