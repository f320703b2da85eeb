import type { SearchQuery, SearchWords } from "~/db/search";
import { QUERY_CHARACTERS } from "~/limits";

/** What a person looks for. No text is a fault: what means nothing as an operator is looked for as words. */
export interface ParsedSearch {
  query: SearchQuery;
  /** Operators that say nothing, as they were typed: they are looked for as words. */
  misread: string[];
}

/** A word, a phrase between quotation marks (the last one may be open), or an operator with its value. */
const PART = /(-?)(?:"([^"]*)"?|([^\s"]+))/gu;
const OPERATOR = /^([a-z]+):(.+)$/iu;

/**
 * Reads what was typed into the search box: words, "phrases", -word, word*, model:, before:, after:, is: and
 * has:. The last word counts as the beginning of one, since it may still be being typed.
 */
export function parseSearch(typed: string): ParsedSearch {
  const text = [...typed]
    .slice(0, QUERY_CHARACTERS)
    .join("")
    .replace(/[“”„«»]/gu, '"');
  const query: SearchQuery = { words: [], without: [], models: [] };
  const misread: string[] = [];
  for (const { 0: part, 1: minus, 2: phrase, 3: word = "", index } of text.matchAll(PART)) {
    if (phrase === undefined && !minus && takeOperator(word, query)) continue;
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

/** A year, a month or a day, as the server's clock has it. */
const PERIOD = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/;

/** When a year, a month or a day begins; undefined for what is none. */
function beginOf(value: string): number | undefined {
  const [, year, month = "1", day = "1"] = PERIOD.exec(value) ?? [];
  if (year === undefined || Number(year) < 1970) return undefined;
  const begin = new Date(Number(year), Number(month) - 1, Number(day));
  // The 30th of February would be a day in March.
  const exists = begin.getMonth() === Number(month) - 1 && begin.getDate() === Number(day);
  return exists ? begin.getTime() : undefined;
}

const KNOWN = new Set(["model", "before", "after", "is", "has"]);

/** `12:30` and `https://…` are words; `is:blue` was meant to be more. */
function isMeantAsOperator(word: string): boolean {
  const name = OPERATOR.exec(word)?.[1]?.toLowerCase();
  return name !== undefined && KNOWN.has(name);
}

/** True where the word is an operator that says something; it is in the query then. */
function takeOperator(word: string, query: SearchQuery): boolean {
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
      const begin = beginOf(value);
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
