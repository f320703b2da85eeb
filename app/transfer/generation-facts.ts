import type { Generation } from "~/db/generations";
import { steeringOf } from "./steering-values";
import { isObject, type JsonObject, nameOf, numberOf, textOf, timeOf } from "./values";

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
  errorDetail: (value) => textOf(value) || null,
  createdAt: (value) => timeOf(value) ?? 0,
  startedAt: timeOf,
  endedAt: timeOf,
  firstTokenMs: numberOf,
  promptTokens: whole,
  answerTokens: whole,
  totalMs: numberOf,
  loadMs: numberOf,
  promptMs: numberOf,
  answerMs: numberOf,
  asked: (value) => (isObject(value) ? askedOf(value) : null),
  contextTokens: whole,
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

function whole(value: unknown): number | null {
  const number = numberOf(value);
  return number === null ? null : Math.round(number);
}

/** How much a host was asked with. */
const SIZES = ["characters", "pictures", "turns", "lastCharacters"] as const;

function askedOf(value: JsonObject): GenerationFacts["asked"] {
  const { system: _, ...asked } = steeringOf(value).steering;
  const sizes = SIZES.map((size) => [size, whole(value[size])] as const);
  return { ...asked, ...Object.fromEntries(sizes.filter(([, size]) => size !== null)) };
}
