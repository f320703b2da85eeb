import fc from "fast-check";
import { file, type SentFile } from "./files";
import { anyId, hostile, long, word } from "./words";

/** A body and what is said of it; text in it may still hold places for ids. */
export interface Body {
  type: string | undefined;
  parts: (string | Uint8Array)[];
  /** How its length is told: truly, not at all, or wrongly. */
  framing: Framing;
}

export const FRAMINGS = [
  ...["length", "chunked", "none", "too short", "too long", "twice", "negative", "not a number"],
  ...["past the limit", "length and chunked", "broken chunks", "chunks without an end"],
] as const;
export type Framing = (typeof FRAMINGS)[number];

type Field = [name: string, value: string | SentFile];

const BOUNDARY = "----parley-fuzz";

/** Few fields of few letters, many, or long ones: a name is one that some form of ours has, or any. */
function fields(
  names: readonly string[],
  values: fc.Arbitrary<string | SentFile>,
): fc.Arbitrary<Field[]> {
  const name = fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom(...names) },
    { weight: 1, arbitrary: hostile },
  );
  return fc.array(fc.tuple(name, values), { maxLength: 7 });
}

/** What a field that is text may hold. */
const value = fc.oneof(
  { weight: 12, arbitrary: word },
  { weight: 4, arbitrary: anyId },
  { weight: 3, arbitrary: fc.constantFrom("1", "2", "on", "0.5", "4096", "-1") },
);

/** A form that is filled in as people do it, but for some fields; most forms take no more than this. */
function filled(names: readonly string[]): fc.Arbitrary<Field[]> {
  const usual: Record<string, fc.Arbitrary<string>> = {
    model: fc.constantFrom("gemma3:4b", "qwen3:8b"),
    prompt: fc.oneof(fc.lorem({ maxCount: 4 }), hostile),
    count: fc.constantFrom("1", "2", "3"),
  };
  const texts = names.map((name) => {
    const ordinary = usual[name] ?? fc.oneof(fc.constant(""), value);
    const one = fc.oneof({ weight: 9, arbitrary: ordinary }, { weight: 1, arbitrary: value });
    return one.map((text): Field => [name, text]);
  });
  return fc.tuple(...texts);
}

/** The same field again and again, as no page of ours sends it. */
const crowd = fc
  .tuple(
    fc.constantFrom("kept", "files", "stop", "prompt", "x"),
    value,
    fc.constantFrom(20, 400, 40_000),
  )
  .map(([name, text, times]) =>
    Array.from({ length: times }, (): [string, string] => [name, text]),
  );

function urlencoded(list: readonly Field[]): string {
  const pairs = list.map(
    ([name, text]) => `${escaped(name)}=${escaped(typeof text === "string" ? text : text.name)}`,
  );
  return pairs.join("&");
}

/** As a form escapes it, but for the places that ids take. */
export function escaped(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(/%7B([\w-]+)%23(\d+)%7D/g, "{$1#$2}");
}

function multipart(list: readonly Field[]): Body["parts"] {
  const parts = list.flatMap(([name, content]): Body["parts"] => {
    const head = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${quoted(name)}"`;
    if (typeof content === "string") return [`${head}\r\n\r\n${content}\r\n`];
    const type = content.type ? `\r\nContent-Type: ${content.type}` : "";
    return [`${head}; filename="${quoted(content.name)}"${type}\r\n\r\n`, content.content, "\r\n"];
  });
  return [...parts, `--${BOUNDARY}--\r\n`];
}

/** As browsers do; one that does not is among the hostile types. */
function quoted(text: string): string {
  return text.replaceAll('"', "%22").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

/** Cuts a body short, as a connection that breaks does. */
function broken(parts: Body["parts"], share: number): Body["parts"] {
  const all = Buffer.concat(parts.map((part) => Buffer.from(part as string)));
  return [new Uint8Array(all.subarray(0, Math.floor(all.length * share)))];
}

const URLENCODED = "application/x-www-form-urlencoded";
const MULTIPART = `multipart/form-data; boundary=${BOUNDARY}`;

/** A body that some form of ours might send, or nobody. `names` are those of all our fields. */
export function body(names: readonly string[]): fc.Arbitrary<Body> {
  const form = fc.oneof(fields(names, value), filled(names));
  const withFiles = fc
    .tuple(form, fields(["files", "file", "prompt"], file))
    .map(([texts, files]) => multipart([...texts, ...files]));
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const typed = (type: string | undefined, parts: fc.Arbitrary<Body["parts"]>) =>
    parts.map((made) => ({ type, parts: made }));
  const one = (made: fc.Arbitrary<string | Uint8Array>) => made.map((part) => [part]);
  const shape = fc.oneof(
    { weight: 40, arbitrary: typed(URLENCODED, one(form.map(urlencoded))) },
    { weight: 25, arbitrary: typed(MULTIPART, withFiles) },
    {
      weight: 5,
      arbitrary: typed(
        MULTIPART,
        fc.tuple(withFiles, share).map(([made, at]) => broken(made, at)),
      ),
    },
    { weight: 2, arbitrary: typed(URLENCODED, one(crowd.map(urlencoded))) },
    {
      weight: 1,
      arbitrary: typed(
        URLENCODED,
        one(
          long.map((text) =>
            urlencoded([
              ["prompt", text],
              ["model", "gemma3:4b"],
            ]),
          ),
        ),
      ),
    },
    { weight: 3, arbitrary: typed(URLENCODED, one(fc.uint8Array({ maxLength: 200 }))) },
    { weight: 3, arbitrary: typed("multipart/form-data", one(hostile)) },
    { weight: 3, arbitrary: typed("application/json", one(fc.json())) },
    { weight: 3, arbitrary: typed("text/plain", one(form.map(urlencoded))) },
    { weight: 3, arbitrary: typed(undefined, one(hostile)) },
  );
  const framing = fc.oneof(
    { weight: 14, arbitrary: fc.constant<Framing>("length") },
    { weight: 1, arbitrary: fc.constantFrom(...FRAMINGS) },
  );
  return fc.tuple(shape, framing).map(([made, told]) => ({ ...made, framing: told }));
}
