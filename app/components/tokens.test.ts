import { describe, expect, test } from "vitest";
import { dark, light, type Tokens } from "./tokens";

type Name = keyof Tokens;

const GROUNDS: Name[] = ["paper", "raised", "sunken"];
const TEXTS: Name[] = ["ink", "quiet", "accent", "alarm"];
const CODE: Name[] = ["code-word", "code-text", "code-number", "code-name"];

describe.each([
  ["light", light],
  ["dark", dark],
])("the %s theme", (_, tokens: Tokens) => {
  test.each(GROUNDS.flatMap((ground) => TEXTS.map((text) => [text, ground] as const)))(
    "%s can be read on %s",
    (text, ground) => expect(contrast(tokens[text], tokens[ground])).toBeGreaterThanOrEqual(4.5),
  );

  test.each(CODE)("%s can be read in a code frame", (text) => {
    for (const ground of ["raised", "paper"] as const) {
      expect(contrast(tokens[text], tokens[ground])).toBeGreaterThanOrEqual(4.5);
    }
  });

  test("a filled button and a row under the pointer can be read", () => {
    expect(contrast(tokens["on-accent"], tokens.accent)).toBeGreaterThanOrEqual(4.5);
    for (const ground of GROUNDS) {
      const hovered = mix(tokens.ink, tokens[ground], 0.07);
      expect(contrast(tokens.quiet, hovered)).toBeGreaterThanOrEqual(4.5);
    }
  });

  test.each(GROUNDS)("edges and the focus ring stand out from %s", (ground) => {
    expect(contrast(tokens.edge, tokens[ground])).toBeGreaterThanOrEqual(3);
    expect(contrast(tokens.accent, tokens[ground])).toBeGreaterThanOrEqual(3);
  });
});

const channels = (colour: string) =>
  [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));

function mix(over: string, under: string, share: number) {
  const below = channels(under);
  const mixed = channels(over).map((value, at) => value * share + (below[at] ?? 0) * (1 - share));
  return `#${mixed.map((value) => Math.round(value).toString(16).padStart(2, "0")).join("")}`;
}

/** Contrast ratio, WCAG 2. */
function contrast(one: string, other: string) {
  const [dimmer = 0, brighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (brighter + 0.05) / (dimmer + 0.05);
}

function luminance(colour: string) {
  const [red = 0, green = 0, blue = 0] = channels(colour).map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
