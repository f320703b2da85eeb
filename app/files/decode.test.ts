import { describe, expect, test } from "vitest";
import { decodeText } from "./decode";

const latin1 = (text: string) => Buffer.from(text, "latin1");

describe("text", () => {
  test("in UTF-8, with or without its mark, has plain newlines", () => {
    expect(decodeText(Buffer.from("Ebbe\r\nund Flut 🌊"))?.text).toBe("Ebbe\nund Flut 🌊");
    expect(decodeText(Buffer.from("\ufeffEbbe"))).toEqual({ text: "Ebbe", charset: "utf-8" });
  });

  test("in UTF-16 is known by its mark", () => {
    const little = Buffer.from("\ufeffmarée", "utf16le");
    expect(decodeText(little)).toEqual({ text: "marée", charset: "utf-16le" });
    const big = Buffer.from(little).swap16();
    expect(decodeText(big)).toEqual({ text: "marée", charset: "utf-16be" });
  });

  test("in Windows-1252 is known by being text in nothing else", () => {
    expect(decodeText(latin1("La mar\xe9e est haute \x96 enfin"))).toEqual({
      text: "La marée est haute – enfin",
      charset: "windows-1252",
    });
  });
});

describe("no text", () => {
  test.each([
    ["zeros", Buffer.from("a\0b")],
    ["half of UTF-16", Buffer.from([0xff, 0xfe, 0x00, 0xd8])],
    ["control characters", Buffer.from("\x01\x02\x03\x04 words words")],
    ["mostly high bytes", latin1("\xe9\xe8\xfc\xf6abc")],
    ["bytes that no text has", latin1("words and words and \x81 words")],
  ])("is what has %s", (_, bytes) => {
    expect(decodeText(bytes)).toBeUndefined();
  });
});
