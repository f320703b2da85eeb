import type { FieldView } from "~/components/field";
import type { SteeringView } from "~/components/steering-form";
import { STOP_SEQUENCE_CHARACTERS, STOP_SEQUENCES } from "~/limits";
import type { Model } from "~/models/catalog";
import { NO_SYSTEM, rangeOf, type SteeringText, THINKS, writtenSteering } from "~/steering/form";
import { NUMBER_OPTIONS, type NumberOption, STEERING_FIELDS } from "~/steering/options";
import { LAYERS, type Layer, type Layers } from "~/steering/steering";

const MAIN: ReadonlySet<string> = new Set([
  "system",
  "temperature",
  "think",
  "num_ctx",
  "num_predict",
]);

export interface FieldSources {
  typed: SteeringText;
  faults: SteeringText;
  below: Layers;
  model: Model | undefined;
  modelName: string;
}

/** The fields of a steering form: `main` are shown, `more` are folded. */
export function fieldsOf(sources: FieldSources): Pick<SteeringView, "main" | "more"> {
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
  const { typed, faults } = sources;
  const common = { name, value: typed[name] ?? "", fault: faults[name] || undefined };
  const rule = NUMBER_OPTIONS.find((option) => option.name === name);
  if (rule) return { ...common, ...numberField(rule, sources) };
  switch (name) {
    case "system":
      return { ...common, ...systemField(sources) };
    case "stop":
      return { ...common, ...stopField(sources) };
    case "keep_alive":
      return { ...common, ...keepAliveField(sources) };
    default: {
      const field = thinkField(sources);
      return field && { ...common, ...field };
    }
  }
}

type FieldShape = Omit<FieldView, "name" | "value" | "fault">;

function numberField(rule: (typeof NUMBER_OPTIONS)[number], sources: FieldSources): FieldShape {
  const { value, from } = defaultOf(rule.name, sources, rule.otherwise);
  const range = rangeOf(rule, sources.model?.contextLength);
  return {
    label: rule.label,
    kind: "number",
    placeholder: value,
    hint: `${rule.means} ${capitalized(range)}. Empty: ${from}.`,
  };
}

function systemField(sources: FieldSources): FieldShape {
  const { typed, model } = sources;
  const { value, from } = defaultOf("system", sources, "");
  // Without a default, an empty field means the same.
  const hasBox = value !== "" || Boolean(typed[NO_SYSTEM]);
  return {
    label: "Instructions",
    kind: "area",
    rows: 5,
    placeholder: value || model?.ownSystem || "",
    hint: `What the model is told before the conversation. Empty: ${value ? from : ownInstructions(model)}.`,
    box: hasBox
      ? { name: NO_SYSTEM, label: "No instructions here", on: !!typed[NO_SYSTEM] }
      : undefined,
  };
}

function stopField(sources: FieldSources): FieldShape {
  const { value, from } = defaultOf("stop", sources, "");
  return {
    label: "Stop at",
    kind: "area",
    rows: 2,
    placeholder: value,
    hint: `An answer ends before any of these texts; one a line, at most ${STOP_SEQUENCES} of ${STOP_SEQUENCE_CHARACTERS} characters. Empty: ${from}.`,
  };
}

function keepAliveField(sources: FieldSources): FieldShape {
  const { value, from } = defaultOf("keep_alive", sources, "5m");
  return {
    label: "Keep in memory",
    placeholder: value,
    hint: `How long the model stays loaded after an answer: seconds, or a duration such as 30m or 1h30m; negative for ever, 0 not at all. Empty: ${from}.`,
  };
}

function thinkField(sources: FieldSources): FieldShape | undefined {
  const { model } = sources;
  // An unknown model may support any value.
  const offered = model ? model.thinkValues : THINKS;
  if (offered.length === 0) return undefined;
  const { value, from } = defaultOf("think", sources, "");
  return {
    label: "Thinking",
    kind: "choice",
    choices: [
      ["", value ? `Default (${value})` : "Default"],
      ...offered.map((think): [string, string] => [think, think]),
    ],
    hint: `How long it thinks before it answers. ${model ? "" : "Sent to models that can. "}Default: ${from}.`,
  };
}

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
  // A name that is no number option finds nothing.
  const own = model?.ownOptions?.[name as NumberOption];
  if (own !== undefined) {
    return { value: String(own), from: `${own.toLocaleString("en")}, as ${modelName} has it` };
  }
  const usually = otherwise && name !== "num_ctx" ? `, usually ${otherwise}` : "";
  return { value: otherwise, from: `left to Ollama${usually}` };
}

const QUOTED_CHARACTERS = 200;

function ownInstructions(model: Model | undefined): string {
  const own = model?.ownSystem?.replace(/\s+/g, " ");
  if (!model || !own) return "none";
  const short = own.length > QUOTED_CHARACTERS ? `${own.slice(0, QUOTED_CHARACTERS)}…` : own;
  return `${model.name} follows its own, “${short.toWellFormed()}”`;
}

function capitalized(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
