import { LeftOut } from "./bad-file";
import { fromChatGpt, isChatGpt } from "./chatgpt";
import type { Draft } from "./draft";
import { fromOpenWebUi, isOpenWebUi } from "./open-webui";
import { fromOwn, isNewer, isOwn } from "./own-format";
import { parseJson } from "./parse-json";
import { isObject } from "./values";

/** A conversation whose shape nobody knows. */
export class UnknownShape extends LeftOut {}

/**
 * Reads one conversation of any format that Parley knows, with everything else going on meanwhile; throws a
 * LeftOut that says why it cannot.
 */
export async function readConversation(json: Uint8Array): Promise<Draft> {
  const value = await parsed(json);
  if (!isObject(value)) throw unknown();
  if (isOwn(value)) {
    if (isNewer(value)) throw new LeftOut("It was written by a newer Parley.");
    return fromOwn(value);
  }
  if (isChatGpt(value)) return fromChatGpt(value);
  if (isOpenWebUi(value)) return fromOpenWebUi(value);
  throw unknown();
}

async function parsed(json: Uint8Array): Promise<unknown> {
  try {
    return await parseJson(json);
  } catch (cause) {
    throw new LeftOut("It is not valid JSON.", { cause });
  }
}

function unknown(): UnknownShape {
  return new UnknownShape("It is no conversation of Parley, ChatGPT or Open WebUI.");
}
