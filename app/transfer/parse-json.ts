import { yielder } from "~/shared/in-steps";

/** What may be parsed at once: some tenths of a millisecond. */
const AT_ONCE = 32 * 1024;

/**
 * Gives what JSON.parse gives, for a large text without blocking the event loop; throws a SyntaxError for what is
 * not JSON.
 */
export async function parseJson(json: Uint8Array): Promise<unknown> {
  if (json.length <= AT_ONCE) return JSON.parse(new TextDecoder().decode(json));
  // Loaded on first use: most conversations are small.
  const { JSONParser } = await import("@streamparser/json");
  const parser = new JSONParser({ paths: ["$"], stringBufferSize: AT_ONCE });
  let parsed: unknown;
  parser.onValue = ({ value }) => {
    parsed = value;
  };
  const yieldIfDue = yielder();
  try {
    for (let at = 0; at < json.length; at += AT_ONCE) {
      parser.write(json.subarray(at, at + AT_ONCE));
      await yieldIfDue();
    }
    if (!parser.isEnded) parser.end();
  } catch (cause) {
    throw new SyntaxError("not JSON", { cause });
  }
  return parsed;
}
