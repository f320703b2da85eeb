import { readFileSync } from "node:fs";
import fc from "fast-check";
import { zipSync } from "fflate";
import { pdf, png } from "../support/files";
import { hostile, long, word } from "./words";

/** A file as a form sends it. */
export interface SentFile {
  name: string;
  type: string;
  content: string | Uint8Array;
}

/** Files that other programs export, and one of ours: what imports must understand, before it is spoilt. */
const EXPORTS = ["chatgpt.json", "open-webui.json"]
  .map((name) => readFileSync(`tests/exports/${name}`, "utf8"))
  .concat(ownExport());

function ownExport(): string {
  const messages = [
    { id: "a", parent: null, role: "user", content: "One", createdAt: "2026-01-01T00:00:00.000Z" },
    {
      id: "b",
      parent: "a",
      role: "assistant",
      content: "Two",
      createdAt: "2026-01-01T00:00:01.000Z",
    },
  ];
  const generations = [
    {
      message: "b",
      model: "gemma3:4b",
      state: "finished",
      endedAt: "2026-01-01T00:00:02.000Z",
      answerMs: 5,
    },
  ];
  return JSON.stringify({
    ...{ format: "parley-conversation", version: 1, id: "x", title: "Ours", leaf: "b" },
    ...{ createdAt: "2026-01-01T00:00:00.000Z", updatedAt: "2026-01-01T00:00:02.000Z" },
    ...{ messages: messages.map((message) => ({ ...message, generations })) },
  });
}

/** JSON has no number like these, but a parser takes them. */
const NUMBERS = ["1e306", "-1e306", "1e400", "1e-300", "-1", "0.1", "9007199254740993"];
const NUMBER = /"@number(\d)"/g;

const hostileValue = fc.oneof(
  hostile,
  fc.nat(NUMBERS.length - 1).map((at) => `@number${at}`),
  fc.constantFrom(null, true, [], {}, [[]], 0),
  fc.jsonValue({ maxDepth: 2 }),
);

/** An export in which up to four values, of any depth, are something else. */
const spoiltExport = fc
  .tuple(
    fc.constantFrom(...EXPORTS),
    fc.array(fc.tuple(fc.nat(9_999), hostileValue), { maxLength: 4 }),
  )
  .map(([text, changes]) => {
    const file = JSON.parse(text);
    for (const [nth, value] of changes) {
      const all = places(file);
      const place = all[nth % all.length];
      if (place) place.holder[place.key] = structuredClone(value);
    }
    return JSON.stringify(file).replace(NUMBER, (_, at) => NUMBERS[Number(at)] ?? "0");
  });

interface Place {
  holder: Record<string, unknown>;
  key: string;
}

function places(value: unknown): Place[] {
  if (typeof value !== "object" || value === null) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((key) => [{ holder, key }, ...places(holder[key])]);
}

const zip = fc
  .array(
    fc.tuple(fc.oneof(fc.constant("conversations.json"), hostile), fc.oneof(spoiltExport, hostile)),
    {
      maxLength: 4,
    },
  )
  .map((entries) => {
    const named = entries.map(
      ([name, text]) =>
        [name === "__proto__" ? "proto" : name, new TextEncoder().encode(text)] as const,
    );
    return zipSync(Object.fromEntries(named));
  });

const whole: fc.Arbitrary<string | Uint8Array> = fc.oneof(
  { weight: 6, arbitrary: spoiltExport },
  { weight: 3, arbitrary: zip },
  { weight: 3, arbitrary: fc.constant(new Uint8Array(png(2, 3))) },
  {
    weight: 1,
    arbitrary: fc.constant(new Uint8Array(png(2, 2, { width: 60_000, height: 60_000 }))),
  },
  { weight: 1, arbitrary: fc.constant(new Uint8Array(pdf(["A page"]))) },
  { weight: 4, arbitrary: word },
  { weight: 2, arbitrary: fc.uint8Array({ maxLength: 300 }) },
  { weight: 1, arbitrary: long },
);

/** One in four ends early. */
const content = fc
  .tuple(whole, fc.double({ min: -3, max: 1, noNaN: true }))
  .map(([all, share]) => (share < 0 ? all : all.slice(0, Math.floor(all.length * share))));

const TYPES = [
  ...[
    "text/plain",
    "text/html",
    "image/png",
    "image/svg+xml",
    "application/pdf",
    "application/zip",
  ],
  ...["application/json", "application/octet-stream", "", "text/plain; charset=utf-16", "x"],
];
const NAMES = [
  "notes.txt",
  "page.html",
  "picture.png",
  "paper.pdf",
  "export.zip",
  "chat.json",
  "a.svg",
  "con",
  "",
];

/** A file of any kind under any name. */
export const file: fc.Arbitrary<SentFile> = fc.record({
  name: fc.oneof(fc.constantFrom(...NAMES), hostile),
  type: fc.constantFrom(...TYPES),
  content,
});
