import { describe, expect, test } from "vitest";
import { pdf, png } from "../../tests/support/files";
import { decodeText, recognise } from "./recognise";
import { FileRefusal } from "./refusal";

const bytes = (text: string) => Buffer.from(text, "latin1");

/** Why it is refused, and what to do. */
function refusal(name: string, content: Uint8Array): string {
  try {
    recognise(name, content);
  } catch (error) {
    if (error instanceof FileRefusal) return `${error.message} ${error.next}`;
    throw error;
  }
  return "taken";
}

describe("what is taken", () => {
  test.each<[string, Uint8Array, object]>([
    ["tide.png", png(1, 1), { kind: "picture", format: "png" }],
    ["tide.jpg", bytes("\xff\xd8\xff\xe0"), { kind: "picture", format: "jpeg" }],
    ["tide.webp", bytes("RIFF\x10\0\0\0WEBPVP8 "), { kind: "picture", format: "webp" }],
    ["tide.pdf", pdf(["x"]), { kind: "pdf" }],
    ["tide.csv", bytes("a,b\r\n"), { kind: "text", text: "a,b\n", charset: "utf-8" }],
    ["Makefile", bytes("all:\n\techo"), { kind: "text" }],
    ["page.html", bytes("<!doctype html><svg></svg>"), { kind: "text" }],
    // By its content, whatever it is called.
    ["tide.txt", png(1, 1), { kind: "picture", format: "png" }],
    ["notes", pdf(["x"]), { kind: "pdf" }],
  ])("%s", (name, content, found) => {
    expect(recognise(name, content)).toMatchObject(found);
  });
});

describe("what is not taken says what it is and what to do", () => {
  test.each<[string, string, RegExp]>([
    ["dance.gif", "GIF89a\x01\0", /is a GIF picture\. Save it as PNG/],
    ["phone.heic", "\0\0\0\x24ftypheic\0", /is a HEIC picture\. Save it as PNG/],
    ["phone.avif", "\0\0\0\x24ftypavif\0", /is an AVIF picture\. Save it as PNG/],
    ["film.mp4", "\0\0\0\x24ftypisom\0", /is a video or a recording\./],
    ["old.bmp", "BM\x3a\0\0\0\0\0", /is a BMP picture\. Save it as PNG/],
    ["scan.tif", "II*\0\x08\0", /is a TIFF picture\. Save it as PNG/],
    ["song.mp3", "ID3\x04\0\0", /is a video|is a recording/],
    ["letter.docx", "PK\x03\x04\x14\0\0\0word/document.xml", /an Office document\. Save it as PDF/],
    ["letter.doc", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0", /an old Office document\. Save it as PDF/],
    ["all.zip", "PK\x03\x04\x14\0\0\0readme.txt", /is a packed archive\. Unpack it/],
    ["all.gz", "\x1f\x8b\x08\0\0", /is a packed archive\. Unpack it/],
    ["sea.svg", '<?xml version="1.0"?>\n<svg xmlns="x">', /is an SVG drawing\. .*pasted as text/],
    ["program", "\x7fELF\x02\x01\x01\0\0", /is neither a picture nor text\. .*UTF-8/],
    ["nothing.txt", "", /is empty\./],
  ])("%s", (name, content, words) => {
    expect(refusal(name, bytes(content))).toMatch(words);
    expect(refusal(name, bytes(content))).toContain(name);
  });

  test("nor does a name make a picture or a PDF of a text", () => {
    expect(refusal("photo.PNG", bytes("hello"))).toMatch(/^photo\.PNG is not a picture, though/);
    expect(refusal("photo.jpeg", pdf(["x"]))).toMatch(/is not a picture, though/);
    expect(refusal("paper.pdf", bytes("hello"))).toMatch(/is not a PDF, though/);
  });
});

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
