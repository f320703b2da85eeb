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

export type GenerationFacts = Omit<Generation, "id" | "ownerId" | "conversationId" | "messageId">;

type Times = "createdAt" | "startedAt" | "endedAt";

/** GenerationFacts in a file: times as ISO dates, unknown facts left out. */
export type GenerationRecord = Partial<Omit<GenerationFacts, Times> & Record<Times, string>>;

const TIMES: ReadonlySet<string> = new Set<Times>(["createdAt", "startedAt", "endedAt"]);
const ENDS = ["finished", "stopped", "failed", "interrupted"] as const;

/** Hosts count nanoseconds, so less than one was not measured. */
const SHORTEST_MS = 1e-6;
const MAX_ASKED_SIZE = 1_024 * PROMPT_BYTES;

const tokens = count(CLAIMED_TOKENS);
const size = count(MAX_ASKED_SIZE);
const duration = v.fallback(v.union([v.literal(0), within(SHORTEST_MS, CLAIMED_MS)]), null);

const sizes = v.object({ characters: size, pictures: size, turns: size, lastCharacters: size });

const asked = v.pipe(
  v.custom<JsonObject>(isObject),
  v.transform((value): GenerationFacts["asked"] => {
    const { system: _, ...options } = steeringOf(value).steering;
    const known = Object.entries(v.parse(sizes, value)).filter(([, number]) => number !== null);
    return { ...options, ...Object.fromEntries(known) };
  }),
);

/** Typed so that each column of the table needs a line here. */
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
    // A generation that ran during the export does not run here.
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

/** Reads the record of a generation from a file. */
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
