import { expect, test } from "vitest";
import { PDF_CHARACTERS, PDF_MEMORY_BYTES, PDF_MS, PDF_PAGES } from "~/limits";
import { pdf } from "../../tests/support/files";
import { pdfText, watchdog } from "./pdf";

const read = (file: Uint8Array) => pdfText(new Uint8Array(file));

test("a PDF is its pages in order, each with its number", async () => {
  expect(await read(pdf(["High water", "", "Low water"]))).toEqual({
    text: "[Page 1]\nHigh water\n\n[Page 2]\n\n\n[Page 3]\nLow water",
  });
});

test("a PDF that cannot be told says why", async () => {
  expect(await read(pdf(["", ""]))).toEqual({ fault: "no-text" });
  expect(await read(pdf(["Tides"]).subarray(0, 90))).toEqual({ fault: "broken" });
  expect(await read(Buffer.from("%PDF-1.7\nnothing of the kind"))).toEqual({ fault: "broken" });
});

test("a PDF may have as many pages as the limit", async () => {
  const pages = (count: number) => read(pdf(Array.from({ length: count }, () => "x")));
  expect(await pages(PDF_PAGES)).toHaveProperty("text");
  expect(await pages(PDF_PAGES + 1)).toEqual({ fault: "too-many-pages" });
}, 30_000);

test("a PDF may have as much text as the limit", async () => {
  // So small that all of it stands on the page: what does not is no text.
  const page = (count: number) => `) Tj /F1 0.001 Tf (${"x".repeat(count)}`;
  const most = Array.from({ length: 100 }, () => page(PDF_CHARACTERS / 100));
  expect(await read(pdf(most))).toHaveProperty("text");
  expect(await read(pdf([...most, "x"]))).toEqual({ fault: "too-much-text" });
}, 30_000);

test.each([
  ["at both limits", PDF_MEMORY_BYTES, PDF_MS, false],
  ["past its memory", PDF_MEMORY_BYTES + 1, 0, true],
  ["past its time", 0, PDF_MS + 1, true],
])("the process that reads a PDF is watched: %s", (_, rss, ms, ends) => {
  // The watcher is a script of its own; here it looks once, at a process that is as we say.
  let ended = false;
  const kill = () => {
    ended = true;
  };
  const run = new Function("setInterval", "process", "performance", watchdog(1));
  const process = { pid: 2, ppid: 1, memoryUsage: { rss: () => rss }, kill };
  run((look: () => void) => look(), process, { now: () => ms });
  expect(ended).toBe(ends);
});
