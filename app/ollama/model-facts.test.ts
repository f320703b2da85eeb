import { describe, expect, test } from "vitest";
import { continuesBy, ownOptionsIn, weightsIn } from "./model-facts";

describe("what a model's maker has set", () => {
  test("is read from the parameters, text left out", () => {
    const parameters = [
      "num_ctx                        8192",
      'stop                           "temperature 3"',
      "temperature                    0.2",
      "min_p                          0",
    ].join("\n");
    expect(ownOptionsIn(parameters)).toEqual({ num_ctx: 8192, temperature: 0.2, min_p: 0 });
  });

  test("is nothing where it makes no sense", () => {
    expect(ownOptionsIn("temperature hot\nseed 1e400\ntop_k\nconstructor 3\nseed 1 2")).toEqual({});
  });
});

describe("whether a model continues an answer", () => {
  const chat = "{{ range .Messages }}<|{{ .Role }}|>{{ .Content }}<|end|>{{ end }}<|assistant|>";

  test("is known where the template closes every message", () => {
    expect(continuesBy(chat)).toBe(false);
  });

  test("is known where it leaves the last message open", () => {
    const qwen =
      "{{- range $i, $_ := .Messages }}{{- $last := eq (len (slice $.Messages $i)) 1 }}{{ .Content }}{{ if not $last }}<|im_end|>{{ end }}{{ end }}";
    expect(continuesBy(qwen)).toBe(true);
    expect(continuesBy("{{ .System }} {{ .Prompt }} {{ .Response }}<|end|>")).toBe(true);
  });

  test("is not known where the template looks at the last message for something else, or shows nothing", () => {
    expect(continuesBy(`{{ $last := eq (len (slice $.Messages $i)) 1 }}${chat}`)).toBeUndefined();
    expect(continuesBy("{{ .Prompt }}")).toBeUndefined();
    expect(continuesBy("")).toBeUndefined();
  });
});

test("the weights are those that the modelfile is made from", () => {
  const digest = "a3de86cd1c13".padEnd(64, "0");
  expect(weightsIn(`# FROM qwen3:8b\n\nFROM /models/blobs/sha256-${digest}\nTEMPLATE x\n`)).toBe(
    digest,
  );
  expect(weightsIn("FROM qwen3:8b\n")).toBeUndefined();
});
