import { expect, test } from "vitest";
import { PDF_PAGES } from "~/limits";
import { pdf } from "../../tests/support/files";
import { pdfText } from "./pdf-text";

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
  expect(await read(pdf(Array.from({ length: PDF_PAGES + 1 }, () => "x")))).toEqual({
    fault: "too-many-pages",
  });
});
