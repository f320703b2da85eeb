import type { Chunk } from "~/ollama/wire";
import { defaultAnswer } from "./answers";
import { digestOf } from "./catalog";
import { contextLength, numberOption } from "./options";
import type { ChatBody, Scenario, ScriptedModel } from "./types";

interface ToolCall {
  id: string;
  function: { index: number; name: string; arguments: Record<string, unknown> };
}

/** A scenario with nothing left open. */
export interface Plan {
  chunks: Chunk[];
  /** The index in `chunks` before which the answer is held. */
  holdAt?: number;
  /** Tool calls that native models put into the last line. */
  lastCalls?: ToolCall[];
  everyMs: number;
  promptMs: number;
  end: NonNullable<Scenario["end"]>;
  stats: Partial<Record<string, number>>;
}

/** Without a limit of its own an answer may have so many times the tokens that its context holds. */
const CONTEXTS = 10;

/** Fills in a scenario with the model's own manner. */
export function planOf(
  scenario: Scenario,
  chat: ChatBody,
  model: ScriptedModel,
  everyMs: number,
): Plan {
  const { endless } = scenario;
  const scripted =
    scenario.pieces !== undefined || scenario.toolCalls !== undefined || endless !== undefined;
  const answer = scripted
    ? { thinking: [], pieces: scenario.pieces ?? [] }
    : defaultAnswer(chat, model);
  const thinking = scenario.thinking ?? answer.thinking;
  const calls = (scenario.toolCalls ?? []).map((call, index) => toolCall(call, index, model));
  const first: Chunk[] = [
    ...thinking.map((text) => ({ thinking: text })),
    ...answer.pieces.map((text) => ({ content: text })),
    ...(model.native ? [] : calls.map((call) => ({ calls: [call] }))),
  ];
  const limit = numberOption(chat.options, "num_predict") ?? -1;
  const most = limit > 0 ? limit : CONTEXTS * contextLength(model, chat.options);
  const times = endless === undefined ? 0 : Math.max(0, most - first.length);
  const said = [...first, ...Array<Chunk>(times).fill({ content: endless ?? "" })];
  const cut = !scripted && most < said.length;
  const chunks = cut ? said.slice(0, most) : said;
  const { holdAfter } = scenario;
  return {
    chunks,
    ...(holdAfter === undefined ? {} : { holdAt: thinking.length + holdAfter }),
    ...(model.native && calls.length ? { lastCalls: calls } : {}),
    everyMs: scenario.everyMs ?? everyMs,
    promptMs: scenario.promptMs ?? 0,
    end: scenario.end ?? (cut || endless !== undefined ? "length" : "done"),
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
