import * as v from "valibot";
import { HOST_MODELS, MODEL_NAME_CHARACTERS } from "~/limits";
import { checkValues } from "./body";
import { failureFrom, OllamaFailure } from "./failure";

const WORD_CHARACTERS = 64;
const YEAR_NS = 365 * 24 * 3_600 * 1e9;
const NS_IN_A_MS = 1e6;

const count = v.fallback(v.nullable(v.pipe(v.number(), v.safeInteger(), v.minValue(0))), null);
const duration = v.fallback(
  v.nullable(
    v.pipe(
      v.number(),
      v.minValue(0),
      v.maxValue(YEAR_NS),
      v.transform((ns) => ns / NS_IN_A_MS),
    ),
  ),
  null,
);
const wellFormed = v.check((text: string) => text.isWellFormed());
const word = v.pipe(v.string(), v.nonEmpty(), v.maxLength(WORD_CHARACTERS), wellFormed);
const name = v.pipe(v.string(), v.nonEmpty(), v.maxLength(MODEL_NAME_CHARACTERS), wellFormed);
const text = v.fallback(
  v.pipe(
    v.string(),
    v.transform((given) => given.toWellFormed()),
  ),
  "",
);

const listedModel = v.object({ name, digest: v.fallback(name, "") });
const moment = v.fallback(
  v.nullable(v.pipe(v.string(), v.maxLength(WORD_CHARACTERS), v.transform(Date.parse), v.number())),
  null,
);
const loadedModel = v.object({
  ...listedModel.entries,
  context_length: count,
  expires_at: moment,
});
const models = v.object({ models: v.fallback(v.array(v.unknown()), []) });

export function listedIn(claim: unknown): v.InferOutput<typeof listedModel>[] {
  return modelsIn(claim, listedModel);
}

export function loadedIn(claim: unknown): v.InferOutput<typeof loadedModel>[] {
  return modelsIn(claim, loadedModel);
}

function modelsIn<S extends v.GenericSchema>(claim: unknown, schema: S): v.InferOutput<S>[] {
  const read = v.safeParse(models, claim);
  if (!read.success)
    throw new OllamaFailure("garbled", "The host sent something else than a list.");
  return read.output.models.slice(0, HOST_MODELS).flatMap((one) => {
    const model = v.safeParse(schema, one);
    return model.success ? [model.output] : [];
  });
}

const shown = v.object({
  // Hosts before 0.6.4 do not report it and decide for each prompt.
  capabilities: v.fallback(v.array(v.string()), ["completion", "vision"]),
  parameters: text,
  template: text,
  system: text,
  modelfile: text,
  model_info: v.fallback(v.record(v.string(), v.unknown()), {}),
  thinking: v.fallback(
    v.optional(v.object({ values: v.array(v.union([v.boolean(), v.string()])) })),
    undefined,
  ),
});

export function shownIn(claim: unknown): v.InferOutput<typeof shown> {
  const read = v.safeParse(shown, claim);
  if (read.success) return read.output;
  throw new OllamaFailure("garbled", "The host sent something else than a description.");
}

/** A whole number above 0, else undefined. */
export function tokensIn(claim: unknown): number | undefined {
  const read = v.safeParse(count, claim);
  return read.success && read.output ? read.output : undefined;
}

const line = v.object({
  message: v.fallback(v.object({ thinking: text, content: text }), { thinking: "", content: "" }),
  done: v.fallback(v.boolean(), false),
});

const lastLine = v.object({
  done_reason: v.fallback(v.nullable(word), null),
  prompt_eval_count: count,
  eval_count: count,
  total_duration: duration,
  load_duration: duration,
  prompt_eval_duration: duration,
  eval_duration: duration,
});

/** Figures at the end of an answer; durations in milliseconds. */
export interface ChatReport {
  doneReason: string | null;
  promptTokens: number | null;
  answerTokens: number | null;
  totalMs: number | null;
  loadMs: number | null;
  promptMs: number | null;
  answerMs: number | null;
}

export interface ChatLine {
  thinking: string;
  content: string;
  report?: ChatReport;
}

/** Parses a line of `/api/chat`; throws the failure that it reports. */
export function chatLine(written: string): ChatLine {
  const claim = parsed(written);
  const { error } = claim as { error?: unknown };
  if (error !== undefined) {
    throw failureFrom(typeof error === "string" ? error : JSON.stringify(error));
  }
  const { message, done } = v.parse(line, claim);
  return done ? { ...message, report: reportIn(claim) } : message;
}

function parsed(written: string): object {
  checkValues(written);
  try {
    const claim: unknown = JSON.parse(written);
    if (typeof claim === "object" && claim !== null) return claim;
  } catch {
    // Reported below.
  }
  throw new OllamaFailure("garbled", "The host sent a line that is not a JSON object.");
}

function reportIn(claim: unknown): ChatReport {
  const last = v.parse(lastLine, claim);
  return {
    doneReason: last.done_reason,
    promptTokens: last.prompt_eval_count,
    answerTokens: last.eval_count,
    totalMs: last.total_duration,
    loadMs: last.load_duration,
    promptMs: last.prompt_eval_duration,
    answerMs: last.eval_duration,
  };
}

/** The report of an answer that Parley ended at its length limit. */
export const CUT_REPORT: ChatReport = {
  doneReason: "length",
  promptTokens: null,
  answerTokens: null,
  totalMs: null,
  loadMs: null,
  promptMs: null,
  answerMs: null,
};
