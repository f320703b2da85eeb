import { yielder } from "~/shared/in-steps";
import { LeftOut } from "./bad-file";
import { fromChatGpt, isChatGpt } from "./chatgpt";
import type { ImportedConversation } from "./imported";
import { fromOpenWebUi, isOpenWebUi } from "./open-webui";
import { fromOwn, isNewer, isOwn } from "./own-format";
import { isObject } from "./values";

export class UnknownFormat extends LeftOut {}

/** Parsing this takes some tenths of a millisecond. */
const PARSED_AT_ONCE = 32 * 1024;

/** Reads one conversation of any known format; throws LeftOut with the reason if it cannot. */
export async function readConversation(json: Uint8Array): Promise<ImportedConversation> {
  const value = await parseJson(json).catch((cause) => {
    throw new LeftOut("It is not valid JSON.", { cause });
  });
  if (isObject(value)) {
    if (isOwn(value)) {
      if (isNewer(value)) throw new LeftOut("It was written by a newer Parley.");
      return fromOwn(value);
    }
    if (isChatGpt(value)) return fromChatGpt(value);
    if (isOpenWebUi(value)) return fromOpenWebUi(value);
  }
  throw new UnknownFormat("It is no conversation of Parley, ChatGPT or Open WebUI.");
}

/** JSON.parse that does not block the event loop for large texts. */
export async function parseJson(json: Uint8Array): Promise<unknown> {
  if (json.length <= PARSED_AT_ONCE) return JSON.parse(new TextDecoder().decode(json));
  const { JSONParser } = await import("@streamparser/json");
  const parser = new JSONParser({ paths: ["$"], stringBufferSize: PARSED_AT_ONCE });
  let parsed: unknown;
  parser.onValue = ({ value }) => {
    parsed = value;
  };
  const yieldIfDue = yielder();
  try {
    for (let at = 0; at < json.length; at += PARSED_AT_ONCE) {
      parser.write(json.subarray(at, at + PARSED_AT_ONCE));
      await yieldIfDue();
    }
    if (!parser.isEnded) parser.end();
  } catch (cause) {
    throw new SyntaxError("not JSON", { cause });
  }
  return parsed;
}
