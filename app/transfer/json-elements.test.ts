import { describe, expect, test } from "vitest";
import { IMPORTED_CONVERSATION_BYTES, IMPORTED_VALUES, JSON_DEPTH } from "~/limits";
import { BadFile } from "./bad-file";
import { jsonElements } from "./json-elements";
import { openSource } from "./source";

async function cut(text: string, size = 3, most = 1_000): Promise<unknown[]> {
  async function* chunks() {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }
  const found: unknown[] = [];
  for await (const element of jsonElements(chunks(), most)) {
    found.push(JSON.parse(Buffer.from(element).toString()));
  }
  return found;
}

describe("the objects of a list", () => {
  const list = [{ a: '}]"\\' }, { b: { c: [1, { d: "{[,]}" }] }, é: "日本" }, {}];

  test.each([1, 2, 3, 7, 1_000])("are found in chunks of %i bytes", async (size) => {
    expect(await cut(JSON.stringify(list, null, 2), size)).toEqual(list);
  });

  test.each([
    ["one object", '{"a": 1}', [{ a: 1 }]],
    ["nothing", " [ \n ] ", []],
    ["a mark of the order of bytes", '\ufeff[{"a":1}]', [{ a: 1 }]],
  ])("%s", async (_, text, expected) => {
    expect(await cut(text)).toEqual(expected);
  });

  test.each([
    ["", "empty-file"],
    ["  ", "empty-file"],
    ["[", "cut-off"],
    ['[{"a":1},', "cut-off"],
    ['[{"a":"', "cut-off"],
    ["[1]", "not-json"],
    ["[{},]", "not-json"],
    ["[{}{}]", "not-json"],
    ["[{}] x", "not-json"],
    ["hello", "not-json"],
    [`[{"a":${"[".repeat(JSON_DEPTH)}`, "too-deep"],
    [`[{"a":"${"x".repeat(2_000)}"}]`, "too-large"],
  ])("%s is refused as a whole: %s", async (text, code) => {
    await expect(cut(text)).rejects.toMatchObject({ code });
    await expect(cut(text)).rejects.toBeInstanceOf(BadFile);
  });
});

test("a conversation of very many values is refused, however small they are", async () => {
  const of = (count: number) => cut(`[{"a":[${"0,".repeat(count)}0]}]`, 65_536, 64 * 1024 * 1024);
  expect(await of(IMPORTED_VALUES - 1)).toHaveLength(1);
  await expect(of(IMPORTED_VALUES)).rejects.toThrow("more than 1,000,000 values");
});

test("a conversation may be nested up to a limit", async () => {
  const deep = (levels: number) => `${'{"a":'.repeat(levels - 1)}{${"}".repeat(levels)}`;
  expect(await cut(deep(JSON_DEPTH), 65_536, 65_536)).toHaveLength(1);
  await expect(cut(deep(JSON_DEPTH + 1), 65_536, 65_536)).rejects.toThrow("nested deeper");
});

test("a conversation may be as large as the limit, and not a byte larger", async () => {
  const sizes = async (bytes: number) => {
    const file = Buffer.alloc(bytes, "x");
    file.write('{"a":"');
    file.write('"}', bytes - 2);
    const source = await openSource(file);
    const found: number[] = [];
    for await (const element of source.elements()) found.push(element.length);
    return found;
  };
  expect(await sizes(IMPORTED_CONVERSATION_BYTES)).toEqual([IMPORTED_CONVERSATION_BYTES]);
  await expect(sizes(IMPORTED_CONVERSATION_BYTES + 1)).rejects.toThrow("larger than 64 MiB");
});
