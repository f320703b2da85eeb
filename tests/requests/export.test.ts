import { strFromU8, unzipSync } from "fflate";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { png } from "../support/files";
import { actionIn, attributeIn } from "../support/page";
import { startParley, type TestParley } from "../support/parley";
import { conversation, imported, json, type OwnFile } from "../support/transfer";

let parley: TestParley;

beforeEach(async () => {
  parley = await startParley();
});
afterEach(() => parley[Symbol.asyncDispose]());

describe("a conversation as a file", () => {
  test("Markdown is the branch that is looked at, under a name made from the title", async () => {
    parley.ollama.next({ chunks: ["Twice ", "a day."] });
    const path = await parley.start('Flut & "Ebbe": wann?');
    await parley.page(path);
    const response = await parley.fetch(`${path}.md`);
    expect(response.headers.get("content-type")).toContain("text/markdown");
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(response.headers.get("content-disposition")).toBe(
      'attachment; filename="Flut & Ebbe wann.md"',
    );
    expect(await response.text()).toMatch(
      /^# Flut & "Ebbe": wann\?\n\n\d{4}-\d\d-\d\d\n\n## You\n\nFlut & "Ebbe": wann\?\n\n## gemma3:4b\n\nTwice a day\.\n$/,
    );
  });

  test("JSON has every branch and how each answer came to be", async () => {
    parley.ollama.next({ chunks: ["Heads."] });
    const path = await parley.start("Flip a coin");
    parley.ollama.next({ chunks: ["Tails."] });
    await parley.post(actionIn(await parley.page(path), "regenerate"), {});
    await parley.page(path);
    const file = await json(parley, path);
    expect(file).toMatchObject({ format: "parley-conversation", version: 1, title: "Flip a coin" });
    expect(file.messages.map(({ content }) => content)).toEqual([
      "Flip a coin",
      "Heads.",
      "Tails.",
    ]);
    expect(file.leaf).toBe(file.messages[2]?.id);
    expect(file.messages[2]?.generations).toMatchObject([
      { state: "finished", model: "gemma3:4b" },
    ]);
  });

  test.each(["md", "json"])("that nobody knows is a 404 (%s)", async (ending) => {
    for (const id of ["01990000-0000-7000-8000-000000000000", "%00", "../x", "'"]) {
      expect((await parley.fetch(`/conversations/${id}.${ending}`)).status).toBe(404);
    }
  });
});

describe("everything as one archive", () => {
  test("opens elsewhere, and holds what is archived but not what is deleted", async () => {
    const [kept, archived, deleted] = [
      await parley.start("Kept"),
      await parley.start("Put away"),
      await parley.start("Gone"),
    ];
    for (const path of [kept, archived, deleted]) await parley.page(path);
    await parley.post(`${archived}/archive`, {});
    await parley.post(`${deleted}/delete`, {});
    const response = await parley.fetch("/export.zip");
    expect(response.headers.get("content-disposition")).toMatch(
      /attachment; filename=parley-[\d-]+\.zip/,
    );
    const files = unzipSync(new Uint8Array(await response.arrayBuffer()));
    const titles = Object.entries(files)
      .filter(([name]) => name.startsWith("conversations/"))
      .map(([, bytes]) => (JSON.parse(strFromU8(bytes)) as OwnFile).title);
    expect(titles).toEqual(["Kept", "Put away"]);
    expect(
      Object.keys(files).filter((name) => /^markdown\/[\d-]+ Kept \w+\.md$/.test(name)),
    ).toHaveLength(1);
    expect(JSON.parse(strFromU8(files["parley.json"] as Uint8Array))).toMatchObject({
      format: "parley-archive",
      version: 1,
      conversations: 2,
    });
  });

  test("comes into an empty Parley as it went out, and not twice", async () => {
    parley.ollama.next({ chunks: ["Heads."] });
    const path = await parley.start("Flip a coin");
    parley.ollama.next({ chunks: ["Tails."], thinking: ["Hm."] });
    await parley.post(actionIn(await parley.page(path), "regenerate"), {
      model: "qwen3:8b",
    });
    await parley.page(path);
    await parley.post(`${path}/pin`, {});
    const out = Buffer.from(await (await parley.fetch("/export.zip")).arrayBuffer());
    expect(await imported(parley, "parley.zip", out)).toMatch(
      /0 conversations<\/strong> added, 1 left out/,
    );
    const before = await json(parley, path);

    await parley[Symbol.asyncDispose]();
    parley = await startParley();
    expect(await imported(parley, "parley.zip", out)).toContain(
      "<strong>1 conversation</strong> added",
    );
    expect(await imported(parley, "parley.zip", out)).toContain("It is here already.");
    const after = await json(parley, await conversation(parley, "Flip a coin"));
    expect(comparable(after)).toEqual(comparable(before));
    expect(after.importedFrom).toBe(`parley:${before.id}`);
    // From there it comes back to where it was, and is known.
    const back = Buffer.from(await (await parley.fetch("/export.zip")).arrayBuffer());
    expect(await imported(parley, "parley.zip", back)).toContain("It is here already.");
  });
});

test("files go along, in the archive and in a conversation's own file, and come in as they were", async () => {
  const form = new FormData();
  form.set("prompt", "What is this?");
  form.set("model", "gemma3:4b");
  form.append("files", new File([new Uint8Array(png(40, 30))], "tide.png"));
  form.append("files", new File(["high,low\n1,2\n"], "tides.csv"));
  const response = await parley.fetch("/conversations", { method: "POST", body: form });
  const path = response.headers.get("location") ?? "";
  await parley.page(path);
  const before = await json(parley, path);
  const text = JSON.stringify(before);
  const out = Buffer.from(await (await parley.fetch("/export.zip")).arrayBuffer());
  for (const [name, bytes] of [
    ["parley.zip", out],
    ["one.json", text],
  ] as const) {
    await parley[Symbol.asyncDispose]();
    parley = await startParley();
    const html = await imported(parley, name, bytes);
    expect(html).toContain("1 conversation</strong> added.");
    const there = await conversation(parley, "What is this?");
    expect(comparable(await json(parley, there))).toEqual(comparable(before));
    const page = await parley.page(there);
    expect(page).toContain("tide.png");
    expect((await parley.fetch(attributeIn(page, "href", /^\/files\/[0-9a-f]{64}$/))).status).toBe(
      200,
    );
  }
  // A conversation's file whose bytes are not what they are said to be.
  await parley[Symbol.asyncDispose]();
  parley = await startParley();
  const lie = text.replace(/"bytes":"[^"]{8}/g, '"bytes":"AAAAAAAA');
  expect(await imported(parley, "one.json", lie)).toContain("Taken without 2 files.");
});

/** A file without what differs in another place: ids become places. */
function comparable({ importedFrom: _, ...file }: OwnFile): unknown {
  const places = new Map(file.messages.map(({ id }, index) => [id, `#${index}`]));
  const text = JSON.stringify({ ...file, id: "" });
  return JSON.parse(
    text.replace(/"([0-9a-f-]{36})"/g, (whole, id) =>
      places.has(id) ? `"${places.get(id)}"` : whole,
    ),
  );
}
