import * as v from "valibot";
import type { FieldView } from "~/components/field";
import type { SteeringView } from "~/components/steering-form";
import { findConversation } from "~/conversations/find";
import { checkModel } from "~/conversations/prompt";
import { type SteeringScope, steer, steeringOf } from "~/conversations/steer";
import { problemOf, StorageError } from "~/errors";
import { readLayers } from "~/generation/asked";
import { textIfSent } from "~/http/form";
import { STOP_SEQUENCE_CHARACTERS, STOP_SEQUENCES } from "~/limits";
import type { Model } from "~/models/catalog";
import { NO_SYSTEM, rangeOf, type SteeringText, THINKS, writtenSteering } from "~/steering/form";
import { NUMBER_OPTIONS, type NumberOption, STEERING_FIELDS } from "~/steering/options";
import { LAYERS, type Layer, type Layers, type Think } from "~/steering/steering";
import type { RequestContext } from "./context";
import type { Hrefs } from "./hrefs";
import { outcomeOf, showAgain } from "./outcome";

/** Fields that are shown first; the rest is folded. */
const MAIN: ReadonlySet<string> = new Set([
  "system",
  "temperature",
  "think",
  "num_ctx",
  "num_predict",
]);

export const SteeringFields = v.object(
  v.entriesFromList([...STEERING_FIELDS, NO_SYSTEM], textIfSent),
);

/** A page of instructions and options. */
export interface SteeringPage {
  title: string;
  form: SteeringView;
}

/** The page of a scope, with what was typed where it was not taken. Throws the 404 for an unknown conversation. */
export async function steeringPage(
  context: RequestContext,
  request: Request,
  scope: SteeringScope,
): Promise<SteeringPage> {
  const { db, hrefs } = context;
  const refused = outcomeOf(context, "steering-refused");
  const own = await steeringOf(db, scope);
  const model = await modelOf(context, scope);
  const name = model?.name ?? (scope.kind === "model" ? scope.model : "");
  const layers = await readLayers(db, {}, name);
  const below = { ...layers, ...(scope.kind === "conversation" ? {} : { model: {} }) };
  if (scope.kind === "person") below.person = {};
  const view = fieldsOf({
    typed: refused?.typed ?? writtenSteering(own),
    faults: refused?.faults ?? {},
    below,
    model,
    modelName: name,
  });
  const head = await headOf(context, scope, name);
  const missing = model ? thinkNote(own.think, model) : undefined;
  return {
    title: head.title,
    form: {
      action: addressOf(hrefs, scope),
      intro: head.intro,
      ...(head.back ? { back: head.back } : {}),
      ...view,
      ...(missing ? { note: missing } : {}),
      ...(refused?.problem ? { problem: refused.problem } : {}),
      saved: new URL(request.url).searchParams.has("saved"),
    },
  };
}

/**
 * Saves the form of a scope. If it is refused, the response shows the page again with the reasons.
 */
export async function takeSteering(
  context: RequestContext,
  scope: SteeringScope,
  typed: SteeringText,
): Promise<Response | undefined> {
  const model = await modelOf(context, scope);
  try {
    const faults = await steer(context.db, scope, typed, model?.contextLength);
    if (Object.keys(faults).length === 0) return undefined;
    return showAgain(context, { kind: "steering-refused", typed, faults }, 422);
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    const problem = problemOf(error);
    const outcome = { kind: "steering-refused", typed, faults: {}, problem } as const;
    return showAgain(context, outcome, 503);
  }
}

/** The address of a scope's page. */
function addressOf(hrefs: Hrefs, scope: SteeringScope): string {
  switch (scope.kind) {
    case "conversation":
      return hrefs.steering(scope.id);
    case "model":
      return hrefs.modelSettings(scope.model);
    case "person":
      return hrefs.settings();
  }
}

/** What a person has asked of a model's thinking that it cannot do, as a sentence. */
export function thinkNote(
  think: Think | undefined,
  model: Pick<Model, "name" | "thinkValues">,
): string | undefined {
  if (think === undefined || model.thinkValues.includes(think)) return undefined;
  const why =
    model.thinkValues.length === 0
      ? "cannot think before it answers"
      : `knows only ${model.thinkValues.join(", ")}`;
  return `Thinking is set to ${think}, but ${model.name} ${why}: it is left to the model.`;
}

async function modelOf(context: RequestContext, scope: SteeringScope): Promise<Model | undefined> {
  if (scope.kind === "person") return undefined;
  if (scope.kind === "model") return context.catalog.find(scope.model);
  const { leafId } = await findConversation(context.db, scope.id);
  const leaf = leafId ? await context.db.messages.find(leafId) : undefined;
  return context.catalog.find(leaf?.model ?? "");
}

async function headOf(
  { db, hrefs }: RequestContext,
  scope: SteeringScope,
  model: string,
): Promise<{ title: string; intro: string; back?: { href: string; word: string } }> {
  switch (scope.kind) {
    case "conversation": {
      const { title } = await findConversation(db, scope.id);
      return {
        title: "Instructions and options",
        intro:
          "They hold for the answers to come in this conversation, and go before your defaults.",
        back: { href: hrefs.conversation(scope.id), word: title },
      };
    }
    case "model":
      return {
        title: `Defaults for ${model}`,
        intro: `They hold for the answers of ${model}, wherever a conversation says nothing else.`,
        back: { href: hrefs.settings(), word: "Settings" },
      };
    case "person":
      return {
        title: "Settings",
        intro:
          "What you set here holds for every model, unless a model or a conversation says otherwise.",
      };
  }
}

interface FieldSources {
  typed: SteeringText;
  faults: SteeringText;
  /** What holds where a field stays empty. */
  below: Layers;
  model: Model | undefined;
  modelName: string;
}

function fieldsOf(sources: FieldSources): Pick<SteeringView, "main" | "more"> {
  const all = STEERING_FIELDS.flatMap((name) => {
    const field = fieldOf(name, sources);
    return field ? [field] : [];
  });
  return {
    main: all.filter(({ name }) => MAIN.has(name)),
    more: all.filter(({ name }) => !MAIN.has(name)),
  };
}

function fieldOf(name: keyof SteeringText, sources: FieldSources): FieldView | undefined {
  const { typed, faults, model } = sources;
  const fault = faults[name];
  const common = { name, value: typed[name] ?? "", ...(fault ? { fault } : {}) };
  const rule = NUMBER_OPTIONS.find((option) => option.name === name);
  if (rule) {
    const { value, from } = defaultOf(name, sources, rule.otherwise);
    const range = rangeOf(rule, model?.contextLength);
    return {
      ...common,
      label: rule.label,
      kind: "number",
      placeholder: value,
      hint: `${rule.means} ${upper(range)}. Empty: ${from}.`,
    };
  }
  switch (name) {
    case "system": {
      const { value, from } = defaultOf(name, sources, "");
      return {
        ...common,
        label: "Instructions",
        kind: "area",
        rows: 5,
        placeholder: value || model?.ownSystem || "",
        hint: `What the model is told before the conversation. Empty: ${value ? from : ownInstructions(model)}.`,
        // Where no default stands behind it, an empty field says it.
        ...(value || typed[NO_SYSTEM]
          ? { box: { name: NO_SYSTEM, label: "No instructions here", on: !!typed[NO_SYSTEM] } }
          : {}),
      };
    }
    case "stop": {
      const { value, from } = defaultOf(name, sources, "");
      return {
        ...common,
        label: "Stop at",
        kind: "area",
        rows: 2,
        placeholder: value,
        hint: `An answer ends before any of these texts; one a line, at most ${STOP_SEQUENCES} of ${STOP_SEQUENCE_CHARACTERS} characters. Empty: ${from}.`,
      };
    }
    case "keep_alive": {
      const { value, from } = defaultOf(name, sources, "5m");
      return {
        ...common,
        label: "Keep in memory",
        placeholder: value,
        hint: `How long the model stays loaded after an answer: seconds, or a duration such as 30m or 1h30m; negative for ever, 0 not at all. Empty: ${from}.`,
      };
    }
    default:
      return thinkField(common, sources);
  }
}

function thinkField(
  common: Pick<FieldView, "name" | "value" | "fault">,
  sources: FieldSources,
): FieldView | undefined {
  const { model } = sources;
  // Where no model is known, all that any can do is offered.
  const offered = model ? model.thinkValues : THINKS;
  if (offered.length === 0) return undefined;
  const { value, from } = defaultOf("think", sources, "");
  return {
    ...common,
    label: "Thinking",
    kind: "choice",
    choices: [
      ["", value ? `Default (${value})` : "Default"],
      ...offered.map((think): [string, string] => [think, think]),
    ],
    hint: `How long it thinks before it answers. ${model ? "" : "Sent to models that can. "}Default: ${from}.`,
  };
}

/** What holds while a field is empty, and the same in words that say where it comes from. */
function defaultOf(
  name: keyof SteeringText,
  { below, modelName, model }: FieldSources,
  otherwise: string,
): { value: string; from: string } {
  const words: Record<Layer, string> = {
    conversation: "",
    model: `your default for ${modelName}`,
    person: "your default for every model",
  };
  for (const layer of LAYERS) {
    const value = writtenSteering(below[layer])[name];
    if (value === undefined) continue;
    const short = /^[^\n]{1,20}$/.test(value) ? `${value}, ` : "";
    return { value, from: `${short}${words[layer]}` };
  }
  const own = model?.ownOptions?.[name as NumberOption];
  if (own !== undefined) {
    return { value: String(own), from: `${own.toLocaleString("en")}, as ${modelName} has it` };
  }
  const usually = otherwise && name !== "num_ctx" ? `, usually ${otherwise}` : "";
  return { value: otherwise, from: `left to Ollama${usually}` };
}

/** As much as one reads in a hint. */
const QUOTED_CHARACTERS = 200;

/** What holds where nobody has set instructions. */
function ownInstructions(model: Model | undefined): string {
  const own = model?.ownSystem?.replace(/\s+/g, " ");
  if (!model || !own) return "none";
  const short = own.length > QUOTED_CHARACTERS ? `${own.slice(0, QUOTED_CHARACTERS)}…` : own;
  return `${model.name} follows its own, “${short.toWellFormed()}”`;
}

function upper(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The scope of a model, by the name that its host has for it; throws for no name at all. */
export async function modelScope(
  { catalog }: RequestContext,
  asked: string | null,
): Promise<Extract<SteeringScope, { kind: "model" }>> {
  const name = checkModel(asked ?? undefined);
  return { kind: "model", model: (await catalog.find(name))?.name ?? name };
}
