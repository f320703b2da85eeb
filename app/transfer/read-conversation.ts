import { LeftOut } from "./bad-file";
import { fromChatGpt, isChatGpt } from "./chatgpt";
import type { Draft } from "./draft";
import { fromOpenWebUi, isOpenWebUi } from "./open-webui";
import { fromOwn, isNewer, isOwn } from "./own-format";
import { isObject } from "./values";

/** A conversation whose shape nobody knows. */
export class UnknownShape extends LeftOut {}

/** Reads one conversation of any format that Parley knows; throws a LeftOut that says why it cannot. */
export function readConversation(json: Uint8Array): Draft {
  const value = parsed(json);
  if (!isObject(value)) throw unknown();
  if (isOwn(value)) {
    if (isNewer(value)) throw new LeftOut("It was written by a newer Parley.");
    return fromOwn(value);
  }
  if (isChatGpt(value)) return fromChatGpt(value);
  if (isOpenWebUi(value)) return fromOpenWebUi(value);
  throw unknown();
}

function parsed(json: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(json));
  } catch (cause) {
    throw new LeftOut("It is not valid JSON.", { cause });
  }
}

function unknown(): UnknownShape {
  return new UnknownShape("It is no conversation of Parley, ChatGPT or Open WebUI.");
}
