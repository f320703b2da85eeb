import * as v from "valibot";
import type { Generation } from "~/db/generations";
import { CLAIMED_MS, CLAIMED_TOKENS, ERROR_DETAIL_CHARACTERS, PROMPT_BYTES } from "~/limits";
import {
  count,
  flag,
  isObject,
  type JsonObject,
  name,
  record,
  steeringOf,
  text,
  time,
  within,
} from "./values";

/** What is known of how an answer came to be, without the ids of its own database. */
export type GenerationFacts = Omit<Generation, "id" | "ownerId" | "conversationId" | "messageId">;

type Times = "createdAt" | "startedAt" | "endedAt";

/** The same in a file: times as dates, and what is not known left out. */
export type GenerationRecord = Partial<Omit<GenerationFacts, Times> & Record<Times, string>>;

const TIMES: ReadonlySet<string> = new Set<Times>(["createdAt", "startedAt", "endedAt"]);
const ENDS = ["finished", "stopped", "failed", "interrupted"] as const;

/** A host counts nanoseconds: less than one in a whole answer is no time that it measured. */
const SHORTEST_MS = 1e-6;
/** More than a whole conversation of prompts at their largest. */
const MOST_ASKED = 1_024 * PROMPT_BYTES;

const tokens = count(CLAIMED_TOKENS);
const size = count(MOST_ASKED);
const duration = v.fallback(v.union([v.literal(0), within(SHORTEST_MS, CLAIMED_MS)]), null);

/** How much a host was asked with. */
const sizes = v.object({ characters: size, pictures: size, turns: size, lastCharacters: size });

const asked = v.pipe(
  v.custom<JsonObject>(isObject),
  v.transform((value): GenerationFacts["asked"] => {
    const { system: _, ...options } = steeringOf(value).steering;
    const known = Object.entries(v.parse(sizes, value)).filter(([, number]) => number !== null);
    return { ...options, ...Object.fromEntries(known) };
  }),
);

/** A fact that is new in the database does not compile until it has its line here. */
const facts: { [Fact in keyof GenerationFacts]: v.GenericSchema<unknown, GenerationFacts[Fact]> } =
  {
    model: v.fallback(
      v.pipe(
        name,
        v.transform((given) => given ?? ""),
      ),
      "",
    ),
    modelDigest: name,
    // What was being written when the file was, is not being written here.
    state: v.fallback(v.picklist(ENDS), "interrupted"),
    doneReason: name,
    errorCode: name,
    errorDetail: v.fallback(
      v.pipe(
        text,
        v.transform((given) => given.slice(0, ERROR_DETAIL_CHARACTERS).toWellFormed() || null),
      ),
      null,
    ),
    createdAt: v.fallback(
      v.pipe(
        time,
        v.transform((moment) => moment ?? 0),
      ),
      0,
    ),
    startedAt: time,
    endedAt: time,
    firstTokenMs: duration,
    promptTokens: tokens,
    answerTokens: tokens,
    totalMs: duration,
    loadMs: duration,
    promptMs: duration,
    answerMs: duration,
    asked: v.fallback(v.nullable(asked), null),
    contextTokens: tokens,
    turnsDropped: flag,
    promptCut: flag,
  };
const generation = record(facts);

/** The facts in a record of a file. */
export function factsOf(claim: unknown): GenerationFacts {
  return v.parse(generation, claim);
}

/** The record of a generation for a file. */
export function generationRecord(from: Generation): GenerationRecord {
  const known = Object.keys(facts)
    // Object.keys does not say so, but these are the facts.
    .map((fact) => [fact, from[fact as keyof GenerationFacts]] as const)
    .filter(([, value]) => value !== null && value !== false)
    .map(([fact, value]) => [
      fact,
      TIMES.has(fact) ? new Date(Number(value)).toISOString() : value,
    ]);
  return Object.fromEntries(known);
}
