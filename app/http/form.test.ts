import { expect, test } from "vitest";
import { FORM_HEAD_BYTES } from "~/limits";
import { cutForm } from "./form";

/** How much of a form counts as text whose one part is a file with headers of this length. */
function textBytes(headBytes: number): number {
  const disposition = '\r\nContent-Disposition: form-data; name="files"; filename="tides.txt"';
  const more = "\r\nX: ";
  const filler = "x".repeat(headBytes - disposition.length - more.length - 4);
  const head = `${disposition}${more}${filler}\r\n\r\n`;
  const form = Buffer.from(`--edge${head}High water\r\n--edge--\r\n`);
  return cutForm(form, "multipart/form-data; boundary=edge").textBytes;
}

test("a file in a form is known by headers up to a length, and counts as text past it", () => {
  expect(textBytes(FORM_HEAD_BYTES)).toBe(0);
  expect(textBytes(FORM_HEAD_BYTES + 1)).toBeGreaterThan(FORM_HEAD_BYTES);
});
