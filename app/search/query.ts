import type { SearchQuery, SearchWords } from "~/db/search";
import { QUERY_CHARACTERS } from "~/limits";

export interface ParsedSearch {
  query: SearchQuery;
  /** Invalid operators, as typed; searched for as words. */
  misread: string[];
}

/** A word, a phrase in quotation marks (the last may be unclosed), or an operator. */
const PART = /(-?)(?:"([^"]*)"?|([^\s"]+))/gu;
const OPERATOR = /^([a-z]+):(.+)$/iu;

/** Reads words, "phrases", -word, word*, model:, before:, after:, is: and has:. The last word is a prefix, as it may be incomplete. */
export function parseSearch(typed: string): ParsedSearch {
  const text = [...typed]
    .slice(0, QUERY_CHARACTERS)
    .join("")
    .replace(/[“”„«»]/gu, '"');
  const query: SearchQuery = { words: [], without: [], models: [] };
  const misread: string[] = [];
  for (const { 0: part, 1: minus, 2: phrase, 3: word = "", index } of text.matchAll(PART)) {
    if (phrase === undefined && !minus && readOperator(word, query)) continue;
    if (phrase === undefined && isMeantAsOperator(word)) misread.push(part);
    const last = index + part.length === text.length;
    const words: SearchWords =
      phrase === undefined
        ? { text: word.replace(/\*+$/, ""), prefix: last || word.endsWith("*") }
        : { text: phrase, prefix: false };
    if (minus) query.without.push({ ...words, prefix: word.endsWith("*") });
    else query.words.push(words);
  }
  return { query, misread };
}

const PERIOD = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/;

function startOf(value: string): number | undefined {
  const [, year, month = "1", day = "1"] = PERIOD.exec(value) ?? [];
  if (year === undefined || Number(year) < 1970) return undefined;
  const begin = new Date(Number(year), Number(month) - 1, Number(day));
  // `Date` turns the 30th of February into a day in March.
  const exists = begin.getMonth() === Number(month) - 1 && begin.getDate() === Number(day);
  return exists ? begin.getTime() : undefined;
}

const KNOWN = new Set(["model", "before", "after", "is", "has"]);

/** `12:30` and `https://…` are words, `is:blue` is an invalid operator. */
function isMeantAsOperator(word: string): boolean {
  const name = OPERATOR.exec(word)?.[1]?.toLowerCase();
  return name !== undefined && KNOWN.has(name);
}

function readOperator(word: string, query: SearchQuery): boolean {
  const [, name = "", value = ""] = OPERATOR.exec(word) ?? [];
  switch (`${name.toLowerCase()}:`) {
    case "model:":
      query.models.push(value.toLowerCase());
      return true;
    case "is:":
      return flag(query, value, ["pinned", "archived"]);
    case "has:":
      return flag(query, value, ["code", "file"]);
    case "before:":
    case "after:": {
      const begin = startOf(value);
      if (begin === undefined) return false;
      if (name.toLowerCase() === "before") query.before = Math.min(query.before ?? begin, begin);
      else query.after = Math.max(query.after ?? begin, begin);
      return true;
    }
    default:
      return false;
  }
}

function flag<F extends "pinned" | "archived" | "code" | "file">(
  query: SearchQuery,
  value: string,
  known: F[],
): boolean {
  const found = known.find((name) => name === value.toLowerCase());
  if (found) query[found] = true;
  return found !== undefined;
}
