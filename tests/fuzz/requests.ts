import fc from "fast-check";
import { type Body, body, escaped } from "./bodies";
import { anyId, hostile, idOf, word } from "./words";

/** A request before it is sent: ids, origin and host still have places in it. */
export interface Asked {
  method: string;
  target: string;
  headers: [name: string, value: string][];
  body: Body | undefined;
  /** How long a response may go on once it has begun; then the client leaves. */
  leaveAfterMs: number;
}

/** What there is to ask for. */
export interface Vocabulary {
  /** Addresses below the base path as routes name them, and those of files. */
  addresses: readonly string[];
  files: readonly string[];
  base: string;
  /** Names of fields in forms, and of values in queries. */
  fields: readonly string[];
  queries: readonly string[];
}

const METHODS = [
  "GET",
  "POST",
  "HEAD",
  "PUT",
  "DELETE",
  "PATCH",
  "OPTIONS",
  "TRACE",
  "PROPFIND",
  "get",
  "X",
];

const method = fc.oneof(
  { weight: 44, arbitrary: fc.constant("GET") },
  { weight: 44, arbitrary: fc.constant("POST") },
  { weight: 6, arbitrary: fc.constant("HEAD") },
  { weight: 6, arbitrary: fc.constantFrom(...METHODS) },
);

/** An address with something in each of its places. */
function path(address: string): fc.Arbitrary<string> {
  const segments = address.split("/");
  const kind = segments[0] ?? "";
  const made = segments.map((segment): fc.Arbitrary<string> => {
    if (segment === "*") return fc.oneof(hostile.map(escaped), fc.constant("nowhere"));
    if (!segment.startsWith(":")) return fc.constant(segment);
    const ending = /\.\w+$/.exec(segment)?.[0] ?? "";
    const id = fc.oneof(
      { weight: 15, arbitrary: idOf(fc.constant(kind)) },
      { weight: 2, arbitrary: anyId },
      { weight: 1, arbitrary: fc.uuid({ version: 7 }) },
      { weight: 2, arbitrary: hostile.map(escaped) },
    );
    return id.map((text) => text + ending);
  });
  return fc.tuple(...made).map((parts) => `/${parts.join("/")}`);
}

/** What comes before and behind a path: mostly nothing, else a way around the routes. */
const TWISTS: ((path: string, base: string) => string)[] = [
  (path, base) => `${base}${path}/`,
  (path, base) => `${base}/${path}`,
  (path) => path,
  (path, base) => `${base.toUpperCase()}${path}`,
  (path, base) => `${base}/..${base}${path}`,
  (path, base) => `${base}/x/%2e%2e${path}`,
  (path, base) => `${base}${path}.data`,
  (path, base) => `${base}${path};x=1`,
  (path, base) => `${base}${path}%00`,
  (path, base) => `${base}${path}#x`,
  (path, base) => `http://127.0.0.1${base}${path}`,
  (path, base) => `${base}${path}`.replaceAll("/", "%2f"),
  (path, base) => `${base}${path}`.replaceAll("/", "\\"),
  () => "*",
];

function target({ addresses, files, base, queries }: Vocabulary): fc.Arbitrary<string> {
  const twist = fc.oneof(
    { weight: 14, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.constantFrom(...TWISTS) },
  );
  const name = fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom(...queries) },
    { weight: 1, arbitrary: hostile },
  );
  const pair = fc
    .tuple(name, fc.oneof(word, anyId))
    .map(([key, text]) => `${escaped(key)}=${escaped(text)}`);
  const raw = hostile.map(oneLine);
  const query = fc.oneof(
    { weight: 5, arbitrary: fc.constant("") },
    {
      weight: 6,
      arbitrary: fc.array(pair, { maxLength: 4 }).map((pairs) => `?${pairs.join("&")}`),
    },
    { weight: 1, arbitrary: raw.map((text) => `?${text}`) },
  );
  const place = fc.oneof(
    { weight: 15, arbitrary: fc.constantFrom(...addresses).chain(path) },
    { weight: 1, arbitrary: fc.constantFrom(...files).map((name) => `/${name}`) },
  );
  return fc
    .tuple(place, twist, query)
    .map(([at, turn, asked]) => (turn === undefined ? `${base}${at}` : turn(at, base)) + asked);
}

/** How a browser says where a form is from; most are our own pages. */
const ORIGINS: Asked["headers"][] = [
  [
    ["Sec-Fetch-Site", "same-origin"],
    ["Sec-Fetch-Mode", "navigate"],
  ],
  [
    ["Sec-Fetch-Site", "same-origin"],
    ["Sec-Fetch-Mode", "navigate"],
  ],
  [
    ["Sec-Fetch-Site", "same-origin"],
    ["Sec-Fetch-Mode", "cors"],
    ["HX-Request", "true"],
  ],
  [
    ["Sec-Fetch-Site", "same-origin"],
    ["Origin", "{origin}"],
  ],
  [["Origin", "{origin}"]],
  [["Referer", "{origin}/"]],
  [
    ["Origin", "https://trusted.example"],
    ["Sec-Fetch-Site", "cross-site"],
  ],
  [
    ["Origin", "https://evil.example"],
    ["Sec-Fetch-Site", "cross-site"],
  ],
  [
    ["Origin", "null"],
    ["Sec-Fetch-Site", "same-origin"],
  ],
  [["Origin", "null"]],
  [],
];

const HOSTS = [
  ...[
    "localhost",
    "localhost:1",
    "chat.example",
    "evil.example",
    "",
    "a b",
    "[::1]",
    "[::1",
    "::",
    "%41",
    "a:b:c",
  ],
  ...[
    "127.0.0.1:99999",
    "127.0.0.1@evil.example",
    "localhost.",
    "LOCALHOST",
    "a/b",
    "a?b",
    "a#b",
    "\u00e9",
    "x".repeat(300),
  ],
];
const host = fc.oneof(
  { weight: 12, arbitrary: fc.constant("{host}") },
  { weight: 1, arbitrary: fc.constantFrom(...HOSTS) },
);

const COOKIES = [
  "parley-script=1",
  "parley-theme=dark",
  "parley-model=gemma3:4b",
  "parley-model=",
  "=;=;",
  "a".repeat(9_000),
];

/** Headers that change what is answered, with what they may say. */
const OTHERS: [name: string, values: fc.Arbitrary<string>][] = [
  [
    "Accept",
    fc.constantFrom("text/html", "*/*", "text/plain", "application/json", "text/event-stream"),
  ],
  ["Accept-Encoding", fc.constantFrom("gzip", "br", "zstd", "identity", "gzip;q=0", "*")],
  ["Accept-Language", hostile],
  [
    "Cookie",
    fc.oneof(
      fc.constantFrom(...COOKIES),
      hostile.map((text) => `parley-model=${escaped(text)}; parley-theme=${text}`),
    ),
  ],
  ["Expect", fc.constantFrom("100-continue", "x")],
  ["HX-Request", fc.constantFrom("true", "x")],
  ["HX-Request-Type", fc.constantFrom("full", "partial")],
  ["HX-Target", hostile],
  ["HX-Current-URL", hostile],
  ["If-None-Match", fc.oneof(fc.constant("*"), hostile)],
  ["If-Modified-Since", hostile],
  [
    "Last-Event-ID",
    fc.oneof(
      anyId.map((id) => `${id}.0.0`),
      hostile,
    ),
  ],
  ["Range", fc.constantFrom("bytes=0-0", "bytes=-1", "bytes=5-1", "bytes=0-999999999999", "x")],
  [
    "Referer",
    fc.oneof(
      hostile.map((text) => `{origin}/${text}`),
      hostile,
    ),
  ],
  ["Upgrade", fc.constantFrom("websocket", "h2c")],
  ["X-Forwarded-Host", fc.oneof(fc.constantFrom("chat.example", "evil.example"), hostile)],
  ["X-Forwarded-Proto", fc.constantFrom("https", "http", "x")],
  ["X-HTTP-Method-Override", fc.constantFrom("DELETE", "GET")],
];

const other = fc.oneof(
  ...OTHERS.map(([name, values]) => values.map((text): [string, string] => [name, oneLine(text)])),
);

const headers = fc
  .tuple(host, fc.constantFrom(...ORIGINS), fc.array(other, { maxLength: 4 }))
  .map(([name, origin, others]): Asked["headers"] => [["Host", name], ...origin, ...others]);

/** Bun refuses control characters in a header; a line end would begin a request of its own. */
function oneLine(text: string): string {
  return text.replace(/\p{Cc}/gu, "");
}

/** Any request to any address. */
export function request(vocabulary: Vocabulary): fc.Arbitrary<Asked> {
  const sent = body(vocabulary.fields);
  const seldom = fc.oneof(
    { weight: 20, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: sent },
  );
  return method.chain((verb) =>
    fc.record({
      method: fc.constant(verb),
      target: target(vocabulary),
      headers,
      body: verb === "GET" || verb === "HEAD" ? seldom : sent,
      leaveAfterMs: fc.constantFrom(150, 150, 150, 0, 1_000),
    }),
  );
}
