import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { StorageError } from "~/errors";
import { statusOf } from "./handle";

/** Who speaks HTTP: with browsers, or with a host. */
const SPEAKS_HTTP = /^(http|pages|routes|live|ollama)\/|^(root|entry\.server)\.tsx$|\.test\.tsx?$/;

test("nobody else says a status", () => {
  const wrong = readdirSync("app", { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/.test(file) && !SPEAKS_HTTP.test(file))
    .filter((file) =>
      /status['"]?\s*(:|=+)\s*[1-5]\d\d\b/.test(readFileSync(join("app", file), "utf8")),
    );
  expect(wrong).toEqual([]);
});

test("what may be possible later is a 503", () => {
  expect(statusOf(new StorageError("disk-full"))).toBe(503);
});
