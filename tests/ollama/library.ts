import { encode } from "~/ollama/wire";
import { readObject } from "./body";
import { layersOf, manifestDigest } from "./catalog";
import type { Exchange } from "./exchange";
import { show } from "./metadata";
import { displayName, findModel, modelKey, parseName } from "./names";
import { forget } from "./pull";
import type { State } from "./state";
import { localTimestamp, Refusal, sendEmpty, sendJson } from "./wire";

/** The `model` of a body, or its old name `name`. */
function named(body: Record<string, unknown>): string {
  const name = String(body.model || body.name || "");
  if (!name) throw new Refusal(400, "model is required");
  return name;
}

/** POST /api/show. */
export async function showModel(state: State, { res, text }: Exchange): Promise<void> {
  const name = named(readObject(text, "ShowRequest"));
  if (!parseName(name)) throw new Refusal(400, "invalid model name");
  const model = findModel(state.models, name);
  if (!model) throw new Refusal(404, `model '${displayName(name)}' not found`);
  sendJson(res, show(model));
}

/** DELETE /api/delete. A model that is loaded stays loaded. */
export async function deleteModel(state: State, { res, text }: Exchange): Promise<void> {
  const name = named(readObject(text, "DeleteRequest"));
  if (!parseName(name)) throw new Refusal(400, `name ${encode(name)} is invalid`);
  const model = findModel(state.models, name);
  if (!model) throw new Refusal(404, `model '${name}' not found`);
  state.models.splice(state.models.indexOf(model), 1);
  forget(state, model);
  sendEmpty(res);
}

/** POST /api/copy. Overwrites the destination without a word. */
export async function copyModel(state: State, { res, text }: Exchange): Promise<void> {
  const body = readObject(text, "CopyRequest");
  const source = String(body.source ?? "");
  const destination = String(body.destination ?? "");
  if (!parseName(source)) throw new Refusal(400, `source ${encode(source)} is invalid`);
  if (!parseName(destination)) {
    throw new Refusal(400, `destination ${encode(destination)} is invalid`);
  }
  const model = findModel(state.models, source);
  if (!model) throw new Refusal(404, `model ${encode(source)} not found`);
  const name = displayName(destination);
  const index = state.models.findIndex((other) => modelKey(other.name) === modelKey(name));
  if (index >= 0) state.models.splice(index, 1);
  const modifiedAt = localTimestamp(Date.now());
  const same = { layers: layersOf(model), digest: manifestDigest(model) };
  state.models.push({ ...structuredClone(model), ...same, name, modifiedAt });
  sendEmpty(res);
}
