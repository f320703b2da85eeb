import { once } from "node:events";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { FORM_TEXT_BYTES, HEADER_BYTES, PROMPT_BYTES, REQUEST_BYTES } from "../../app/limits";
import { leastImpactOf } from "../support/impact";
import { Launcher, type RunningParley } from "../support/process";

const ENOUGH = { stallMs: 250, grownBytes: 64 * 1024 * 1024 };

let launcher: Launcher;
let parley: RunningParley;

beforeAll(async () => {
  launcher = new Launcher();
  parley = await launcher.launch(["--ollama", "http://127.0.0.1:9"]);
});
afterAll(() => launcher[Symbol.asyncDispose]());

const URLENCODED = "application/x-www-form-urlencoded";
const MULTIPART = "multipart/form-data; boundary=edge";

/** A body of this length that repeats `unit`, with its start and end overwritten. */
function filled(unit: string, bytes: number, before = "", after = ""): Uint8Array<ArrayBuffer> {
  const body = new Uint8Array(bytes);
  const all = Buffer.from(body.buffer).fill(unit);
  all.write(before);
  all.write(after, bytes - Buffer.byteLength(after));
  return body;
}

const PART = '--edge\r\nContent-Disposition: form-data; name="prompt"\r\n';

const FORMS: [name: string, type: string, body: () => Uint8Array<ArrayBuffer>, status: number][] = [
  ["64 MiB of tiny fields", URLENCODED, () => filled("a&", REQUEST_BYTES), 422],
  ["64 MiB of one field", URLENCODED, () => filled("a", REQUEST_BYTES, "prompt="), 413],
  [
    "the longest text that a form may have, percent-encoded",
    URLENCODED,
    () => filled("%41", 3 * FORM_TEXT_BYTES - 300, "system=%41"),
    422,
  ],
  [
    "64 MiB of tiny parts",
    MULTIPART,
    () => filled(`${PART}\r\n\r\n`, REQUEST_BYTES, "", "\r\n--edge--\r\n"),
    422,
  ],
  [
    "64 MiB of headers of one part",
    MULTIPART,
    () => filled("X: y\r\n", REQUEST_BYTES, PART, "\r\n\r\n\r\n--edge--\r\n"),
    413,
  ],
  [
    "64 MiB of one text",
    MULTIPART,
    () => filled("é", REQUEST_BYTES, `${PART}\r\n`, "\r\n--edge--\r\n"),
    413,
  ],
  [
    "a prompt over its limit, which is returned in the box",
    MULTIPART,
    () => filled("<", PROMPT_BYTES + 1_000, `${PART}\r\n`, "\r\n--edge--\r\n"),
    422,
  ],
];

describe("a form does not stall others or use much memory", () => {
  test.each(FORMS)(
    "%s",
    async (_name, type, make, status) => {
      const body = make();
      const statuses: number[] = [];
      const impact = await leastImpactOf(
        parley,
        async () => {
          const headers = { "Content-Type": type };
          const response = await parley.fetch("/conversations", { method: "POST", headers, body });
          await response.bytes();
          statuses.push(response.status);
        },
        { ...ENOUGH, grownBytes: body.length + ENOUGH.grownBytes },
      );
      expect(new Set(statuses)).toEqual(new Set([status]));
      expect(impact.stallMs).toBeLessThan(ENOUGH.stallMs);
      expect(impact.grownBytes).toBeLessThan(body.length + ENOUGH.grownBytes);
    },
    60_000,
  );
});

/** Sends chunks one by one and resolves with the status line, or "" if the connection closes without one. */
function raw(chunks: Iterable<string | Uint8Array>, pauseMs = 0): Promise<string> {
  const { hostname, port } = new URL(parley.url);
  return new Promise((resolve) => {
    let text = "";
    const socket = connect(Number(port), hostname, async () => {
      for (const chunk of chunks) {
        if (socket.destroyed) return;
        if (!socket.write(chunk)) await once(socket, "drain").catch(() => {});
        await Bun.sleep(pauseMs);
      }
    });
    socket.setEncoding("utf8").on("data", (chunk) => {
      text += chunk;
      if (text.includes("\r\n")) socket.destroy();
    });
    // A refusal while we still send can reset the connection.
    socket.on("error", () => {});
    socket.on("close", () => resolve(text.slice(0, Math.max(0, text.indexOf("\r\n")))));
  });
}

describe("the body of a request", () => {
  const BEGIN = `POST /conversations HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\nContent-Type: ${URLENCODED}\r\n`;

  test("is refused past the limit without a Content-Length", async () => {
    const chunk = Buffer.from(`100000\r\n${"a".repeat(0x100000)}\r\n`);
    function* endless() {
      yield `${BEGIN}Transfer-Encoding: chunked\r\n\r\n`;
      for (;;) yield chunk;
    }
    const enough = { ...ENOUGH, grownBytes: REQUEST_BYTES + ENOUGH.grownBytes };
    const answers: string[] = [];
    const send = async () => answers.push(await raw(endless()));
    const impact = await leastImpactOf(parley, send, enough);
    expect(new Set(answers)).toEqual(new Set(["HTTP/1.1 413 Payload Too Large"]));
    expect(impact.stallMs).toBeLessThan(enough.stallMs);
    expect(impact.grownBytes).toBeLessThan(enough.grownBytes);
  }, 60_000);

  test("is cut off if it drips in byte by byte", async () => {
    function* drops() {
      yield `${BEGIN}Content-Length: 1000\r\n\r\n`;
      for (let n = 0; n < 100; n++) yield "a";
    }
    const begun = performance.now();
    expect(await raw(drops(), 1_000)).toBe("");
    expect(performance.now() - begun).toBeLessThan(30_000);
  }, 60_000);
});

describe("the headers of a request", () => {
  const BEGIN = "GET /conversations HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nCookie: ";
  const END = "\r\n\r\n";
  /** A request whose line and headers are this long. */
  const request = (bytes: number) => {
    const cookie = `a=${"x".repeat(bytes - BEGIN.length - END.length - 2)}`;
    return [BEGIN, cookie, END];
  };

  test("may hold as many cookies as a browser stores for one host", async () => {
    expect(await raw(request(HEADER_BYTES))).toBe("HTTP/1.1 200 OK");
  });

  test("are refused past the limit", async () => {
    expect(await raw(request(HEADER_BYTES + 1))).toContain("431");
  });

  test("do not stall others when they hold 200,000 cookies", async () => {
    const many = "a=b; ".repeat(200_000);
    const impact = await leastImpactOf(parley, () => raw([BEGIN, many, END]), ENOUGH);
    expect(impact.stallMs).toBeLessThan(ENOUGH.stallMs);
    expect(impact.grownBytes).toBeLessThan(ENOUGH.grownBytes);
  });

  test("do not stall others when they arrive in a thousand chunks", async () => {
    const chunks = Array.from({ length: 1_000 }, () => "x".repeat(1_000));
    const impact = await leastImpactOf(parley, () => raw([BEGIN, ...chunks, END]), ENOUGH);
    expect(impact.stallMs).toBeLessThan(ENOUGH.stallMs);
    expect(impact.grownBytes).toBeLessThan(ENOUGH.grownBytes);
  });
});
