import type { Generation } from "~/db/generations";
import { CLAIMED_MS, CLAIMED_TOKENS, ERROR_DETAIL_CHARACTERS, PROMPT_BYTES } from "~/limits";
import { steeringOf } from "./steering-values";
import { countOf, isObject, type JsonObject, nameOf, numberWithin, textOf, timeOf } from "./values";

/** What is known of how an answer came to be, without what only its own database knows it by. */
export type GenerationFacts = Omit<Generation, "id" | "ownerId" | "conversationId" | "messageId">;

type Times = "createdAt" | "startedAt" | "endedAt";

/** The same in a file: times as dates, and what is not known left out. */
export type GenerationRecord = Partial<Omit<GenerationFacts, Times> & Record<Times, string>>;

const ENDS = ["finished", "stopped", "failed", "interrupted"] as const;

/** Reads each fact; a fact that is new in the database is missing here until it has its line. */
const READERS: { [Fact in keyof GenerationFacts]: (value: unknown) => GenerationFacts[Fact] } = {
  model: (value) => nameOf(value) ?? "",
  modelDigest: nameOf,
  // What was being written when the file was, is not being written here.
  state: (value) => ENDS.find((end) => end === value) ?? "interrupted",
  doneReason: nameOf,
  errorCode: nameOf,
  errorDetail: (value) => textOf(value).slice(0, ERROR_DETAIL_CHARACTERS).toWellFormed() || null,
  createdAt: (value) => timeOf(value) ?? 0,
  startedAt: timeOf,
  endedAt: timeOf,
  firstTokenMs: duration,
  promptTokens: tokens,
  answerTokens: tokens,
  totalMs: duration,
  loadMs: duration,
  promptMs: duration,
  answerMs: duration,
  asked: (value) => (isObject(value) ? askedOf(value) : null),
  contextTokens: tokens,
  turnsDropped: (value) => value === true,
  promptCut: (value) => value === true,
};

const TIMES: ReadonlySet<string> = new Set<Times>(["createdAt", "startedAt", "endedAt"]);

/** The facts that a record in a file holds. */
export function factsOf(record: JsonObject): GenerationFacts {
  const read = Object.entries(READERS).map(([fact, reader]) => [fact, reader(record[fact])]);
  return Object.fromEntries(read) as GenerationFacts;
}

/** The record of a generation for a file. */
export function generationRecord(generation: Generation): GenerationRecord {
  const facts = Object.keys(READERS)
    .map((fact) => [fact, generation[fact as keyof GenerationFacts]] as const)
    .filter(([, value]) => value !== null && value !== false)
    .map(([fact, value]) => [
      fact,
      TIMES.has(fact) ? new Date(Number(value)).toISOString() : value,
    ]);
  return Object.fromEntries(facts) as GenerationRecord;
}

/** A host counts nanoseconds: less than one in a whole answer is no time that it measured. */
const SHORTEST_MS = 1e-6;

function duration(value: unknown): number | null {
  return value === 0 ? 0 : numberWithin(value, SHORTEST_MS, CLAIMED_MS);
}

function tokens(value: unknown): number | null {
  return countOf(value, CLAIMED_TOKENS);
}

/** How much a host was asked with. */
const SIZES = ["characters", "pictures", "turns", "lastCharacters"] as const;
/** More than a whole conversation of prompts at their largest. */
const MOST_ASKED = 1_024 * PROMPT_BYTES;

function askedOf(value: JsonObject): GenerationFacts["asked"] {
  const { system: _, ...asked } = steeringOf(value).steering;
  const sizes = SIZES.map((size) => [size, countOf(value[size], MOST_ASKED)] as const);
  return { ...asked, ...Object.fromEntries(sizes.filter(([, size]) => size !== null)) };
}
