import { ParleyError } from "~/errors";
import { PROMPT_BYTES, STOP_SEQUENCE_CHARACTERS, STOP_SEQUENCES } from "~/limits";
import { parseDuration } from "~/shared/numbers";
import type { Steering, Think } from "~/steering/steering";
import { NUMBER_OPTIONS, type OptionRule, STEERING_FIELDS } from "./options";

/** The form's fields; an empty field sets nothing. */
export type SteeringText = Partial<Record<keyof Steering | typeof NO_SYSTEM, string>>;

/** A checkbox: no instructions, even if a wider default has some. */
export const NO_SYSTEM = "no_system";

export interface ReadSteering {
  steering: Steering;
  /** By field; empty if all are valid. */
  faults: SteeringText;
}

export const THINKS: readonly Think[] = ["off", "on", "low", "medium", "high"];

/** Reads a form. `mostContext` is the longest context of its model, in tokens, if known. */
export function readSteering(typed: SteeringText, mostContext?: number): ReadSteering {
  const steering: Steering = {};
  const faults: SteeringText = {};
  for (const name of STEERING_FIELDS) {
    const text = (typed[name] ?? "").replaceAll("\r\n", "\n");
    if (name === "system" && typed[NO_SYSTEM]) {
      if (text.trim() === "") steering.system = "";
      else faults.system = "Either empty this field, or untick the box below it.";
      continue;
    }
    if (text.trim() === "") continue;
    try {
      Object.assign(steering, { [name]: readField(name, text, mostContext) });
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      faults[name] = error.message;
    }
  }
  return { steering, faults };
}

/** The instructions of a new conversation; throws if they are too long. */
export function readInstructions(text: string | undefined): Pick<Steering, "system"> {
  const { steering, faults } = readSteering({ system: text ?? "" });
  if (faults.system === undefined) return steering;
  throw new ParleyError("instructions-too-long", "The instructions are longer than 1 MiB.", {
    kind: "invalid",
    next: "Shorten them, then send again.",
  });
}

/** A steering as the fields of a form. */
export function writtenSteering(steering: Steering): SteeringText {
  const none = steering.system === "" ? { [NO_SYSTEM]: "on" } : {};
  return {
    ...none,
    ...Object.fromEntries(
      Object.entries(steering).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.join("\n") : String(value),
      ]),
    ),
  };
}

/** The range of an option, as in "from 0 to 2". */
export function rangeOf(rule: OptionRule, mostContext?: number): string {
  const most = count(mostOf(rule, mostContext));
  if (rule.above) return `above ${count(rule.least)}, up to ${most}`;
  const range = `from ${count(rule.least)} to ${most}`;
  return rule.also ? `${rule.also.join(", ")}, or ${range}` : range;
}

class Fault extends Error {}

function readField(name: keyof Steering, text: string, mostContext: number | undefined): unknown {
  const rule = NUMBER_OPTIONS.find((option) => option.name === name);
  if (rule) return readNumber(rule, text.trim(), mostContext);
  switch (name) {
    case "system":
      return readSystem(text);
    case "stop":
      return readStop(text);
    case "keep_alive":
      return readKeepAlive(text.trim());
    default:
      return readThink(text.trim());
  }
}

function readNumber(rule: OptionRule, text: string, mostContext: number | undefined): number {
  const must = `It must be ${rule.whole ? "a whole number" : "a number"}: ${rangeOf(rule, mostContext)}.`;
  // Many languages write 0,7.
  const plain = rule.whole ? text : text.replace(",", ".");
  const shape = rule.whole ? /^[-+]?\d{1,15}$/ : /^[-+]?(\d{1,15}(\.\d{0,15})?|\.\d{1,15})$/;
  if (!shape.test(plain)) throw new Fault(must);
  const value = Number(plain);
  if (rule.also?.includes(value)) return value;
  const low = rule.above ? value <= rule.least : value < rule.least;
  if (low || value > mostOf(rule, mostContext)) throw new Fault(must);
  return value === 0 ? 0 : value;
}

function mostOf(rule: OptionRule, mostContext: number | undefined): number {
  return rule.name === "num_ctx" ? Math.min(rule.most, mostContext ?? rule.most) : rule.most;
}

function readSystem(text: string): string {
  if (Buffer.byteLength(text) <= PROMPT_BYTES) return text;
  throw new Fault("They are longer than 1 MiB, which is the most that they may be.");
}

function readStop(text: string): string[] {
  const lines = [...new Set(text.split("\n").filter((line) => line !== ""))];
  if (lines.length > STOP_SEQUENCES) {
    throw new Fault(`There may be at most ${STOP_SEQUENCES} texts, one a line.`);
  }
  const long = lines.findIndex((line) => [...line].length > STOP_SEQUENCE_CHARACTERS);
  if (long < 0) return lines;
  throw new Fault(`Text ${long + 1} has more than ${STOP_SEQUENCE_CHARACTERS} characters.`);
}

/** Go's durations end at 292 years. */
const MOST_MS = 100 * 365 * 24 * 3_600_000;

function readKeepAlive(text: string): string {
  const must =
    "It must be seconds, or a duration such as 30m or 1h30m; negative keeps it for ever.";
  const [, sign, amount = ""] = /^([-+]?)([\d.]\S{0,63})$/.exec(text) ?? [];
  const ms = /^\d+$/.test(amount) ? Number(amount) * 1_000 : parseDuration(amount);
  if (ms === undefined) throw new Fault(must);
  if (ms > MOST_MS) throw new Fault("It must be less than a hundred years.");
  return sign === "-" && ms > 0 ? `-${amount}` : amount;
}

function readThink(text: string): Think {
  const value = THINKS.find((think) => think === text);
  if (value) return value;
  throw new Fault(`It must be one of ${THINKS.join(", ")}.`);
}

function count(value: number): string {
  return value.toLocaleString("en");
}

const SUMMARY_ITEMS = 4;

/** A short summary, as in "Instructions, temperature 0.2"; empty if nothing is set. */
export function steeringSummary(
  steering: Steering,
  thinkValues: readonly Think[],
  most = SUMMARY_ITEMS,
): string {
  const { system, stop, keep_alive, think } = steering;
  const numbers = NUMBER_OPTIONS.flatMap(({ name, label }) => {
    const value = steering[name];
    return value === undefined ? [] : [`${lower(label)} ${value.toLocaleString("en")}`];
  });
  const all = [
    ...(system === undefined ? [] : [system === "" ? "no instructions" : "instructions"]),
    ...(think !== undefined && thinkValues.includes(think) ? [`thinking ${think}`] : []),
    ...numbers,
    ...(stop === undefined ? [] : [stop.length === 1 ? "a stop" : `${stop.length} stops`]),
    ...(keep_alive === undefined ? [] : [keepAliveWords(keep_alive)]),
  ];
  const shown =
    all.length > most ? [...all.slice(0, most - 1), `${all.length - most + 1} more`] : all;
  return upper(shown.join(", "));
}

function keepAliveWords(keepAlive: string): string {
  if (keepAlive.startsWith("-")) return "kept in memory";
  return `kept for ${/^\d+$/.test(keepAlive) ? `${keepAlive} s` : keepAlive}`;
}

function lower(word: string): string {
  return word.charAt(0).toLowerCase() + word.slice(1);
}

function upper(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
