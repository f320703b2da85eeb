import { readObject } from "./body";
import type { Exchange } from "./exchange";
import { readChat, readGenerate } from "./fields";
import { findModel, fullName, isCloudName, parseName } from "./names";
import { serve } from "./serve";
import type { State } from "./state";
import type { ScriptedModel } from "./types";
import { Refusal } from "./wire";

/** POST /api/chat. */
export async function chat(state: State, exchange: Exchange): Promise<void> {
  const ask = readChat(readObject(exchange.text, "ChatRequest"));
  if (!ask.model) throw new Refusal(400, "model is required");
  if (!parseName(ask.model)) throw new Refusal(400, "invalid model name");
  await serve(state, exchange, { kind: "chat", chat: ask, model: installed(state, ask.model) });
}

/** POST /api/generate. */
export async function generate(state: State, exchange: Exchange): Promise<void> {
  const body = readObject(exchange.text, "GenerateRequest");
  const ask = readGenerate(body);
  const model = installed(state, ask.model);
  if (body.raw && (body.system || body.template || body.context)) {
    throw new Refusal(400, "raw mode does not support template, system, or context");
  }
  if (body.suffix && !model.capabilities.includes("insert")) {
    throw new Refusal(400, `${fullName(model.name)} does not support insert`);
  }
  await serve(state, exchange, { kind: "generate", chat: ask, model });
}

// Names with the cloud suffix are served even when they were not pulled.
function installed(state: State, name: string): ScriptedModel {
  const found = findModel(state.models, name);
  if (found) return found;
  const offered = isCloudName(name) ? findModel(state.library, name) : undefined;
  if (offered?.remote) return offered;
  throw new Refusal(404, `model '${name}' not found`);
}
