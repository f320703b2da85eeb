import { defaultAnswer } from "./answers";
import { digestOf } from "./catalog";
import type { Said, ToolCall } from "./lines";
import { numberOption } from "./options";
import type { ChatBody, Scenario, ScriptedModel } from "./types";

/** A scenario with nothing left open. */
export interface Plan {
  chunks: Said[];
  /** The index in `chunks` before which the answer is held. */
  holdAt?: number;
  /** Tool calls that native models put into the last line. */
  lastCalls?: ToolCall[];
  everyMs: number;
  promptMs: number;
  end: NonNullable<Scenario["end"]>;
  stats: Partial<Record<string, number>>;
}

/** Fills in a scenario with the model's own manner. */
export function planOf(
  scenario: Scenario,
  chat: ChatBody,
  model: ScriptedModel,
  everyMs: number,
): Plan {
  const scripted = scenario.pieces !== undefined || scenario.toolCalls !== undefined;
  const answer = scripted
    ? { thinking: [], pieces: scenario.pieces ?? [] }
    : defaultAnswer(chat, model);
  const thinking = scenario.thinking ?? answer.thinking;
  const calls = (scenario.toolCalls ?? []).map((call, index) => toolCall(call, index, model));
  const said: Said[] = [
    ...thinking.map((text) => ({ thinking: text })),
    ...answer.pieces.map((text) => ({ content: text })),
    ...(model.native ? [] : calls.map((call) => ({ calls: [call] }))),
  ];
  const limit = numberOption(chat.options, "num_predict") ?? -1;
  const cut = !scripted && limit > 0 && limit < said.length;
  const chunks = cut ? said.slice(0, limit) : said;
  const { holdAfter } = scenario;
  return {
    chunks,
    ...(holdAfter === undefined ? {} : { holdAt: thinking.length + holdAfter }),
    ...(model.native && calls.length ? { lastCalls: calls } : {}),
    everyMs: scenario.everyMs ?? everyMs,
    promptMs: scenario.promptMs ?? 0,
    end: scenario.end ?? (cut ? "length" : "done"),
    stats: scenario.stats ?? {},
  };
}

let callsMade = 0;

function toolCall(
  call: { name: string; arguments: Record<string, unknown> },
  index: number,
  model: ScriptedModel,
): ToolCall {
  const hex = digestOf(`call ${callsMade++}`);
  const short = `call_${BigInt(`0x${hex}`).toString(36).slice(0, 8)}`;
  const long = Buffer.from(hex, "hex").toString("base64").replace(/[+/=]/g, "x").slice(0, 32);
  return {
    id: model.native ? long : short,
    function: { index, name: call.name, arguments: call.arguments },
  };
}
