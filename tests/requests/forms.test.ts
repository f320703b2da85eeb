import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { FORM_FIELDS, FORM_TEXT_BYTES } from "../../app/limits";
import { attributeIn } from "../support/page";
import { startParley, type TestParley } from "../support/parley";

let parley: TestParley;
let conversation: string;

beforeAll(async () => {
  parley = await startParley();
  conversation = await parley.start("First");
  await parley.page(conversation);
});
afterAll(() => parley[Symbol.asyncDispose]());

const OURS = { prompt: "My dear text", model: "gemma3:4b" };
const tooMany = FORM_FIELDS - Object.keys(OURS).length + 1;

/** Our fields and this many more. */
function formWith(more: number, encoding: "urlencoded" | "multipart"): URLSearchParams | FormData {
  const form = encoding === "urlencoded" ? new URLSearchParams(OURS) : new FormData();
  if (form instanceof FormData)
    for (const [name, text] of Object.entries(OURS)) form.set(name, text);
  for (let n = 0; n < more; n++) form.append("kept", "01990000-0000-7000-8000-000000000000");
  return form;
}

/** A form with this much text in all. */
function formWithText(bytes: number, encoding: "urlencoded" | "multipart") {
  const form = formWith(0, encoding);
  const prompt = "Taken";
  form.set("prompt", prompt);
  form.set("other", "x".repeat(bytes - prompt.length - OURS.model.length));
  return form;
}

const send = (path: string, body: BodyInit) => parley.fetch(path, { method: "POST", body });

describe.each(["urlencoded", "multipart"] as const)("a %s form", (encoding) => {
  test("may have as many fields as the limit allows", async () => {
    const form = formWith(tooMany - 1, encoding);
    form.set("prompt", "Taken");
    form.delete("kept");
    for (let n = 0; n < tooMany - 1; n++) form.append("other", "");
    expect((await send("/conversations", form)).status).toBe(303);
  });

  test("with more fields comes back with the text in the box", async () => {
    const edit = attributeIn(await parley.page(conversation), "href", /^\/messages\/[^/]+\/edit$/);
    for (const path of ["/conversations", `${conversation}/messages`, edit]) {
      const response = await send(path, formWith(tooMany, encoding));
      expect(response.status, path).toBe(422);
      const html = await response.text();
      expect(html, path).toContain("The form has more than 1,000 fields.");
      expect(html, path).toContain("My dear text</textarea>");
    }
    expect(await parley.page("/conversations")).not.toContain("dear");
  });

  test("with more fields and no prompt gets an error page", async () => {
    for (const path of ["/theme", "/settings", "/prompts", `${conversation}/rename`, "/imports"]) {
      const response = await send(path, formWith(tooMany, encoding));
      expect(response.status, path).toBe(422);
      expect(await response.text(), path).toContain("more than 1,000 fields");
    }
  });

  test("may have as much text as the limit allows", async () => {
    const form = formWithText(FORM_TEXT_BYTES, encoding);
    expect((await send("/conversations", form)).status).toBe(303);
  });

  test("with more text is refused", async () => {
    const form = formWithText(FORM_TEXT_BYTES + 1, encoding);
    const response = await send("/conversations", form);
    expect(response.status).toBe(413);
    expect(await response.text()).toContain("longer than 2 MiB");
  });

  test("with 300,000 file ids is refused", async () => {
    expect((await send("/conversations", formWith(300_000, encoding))).status).toBe(422);
  });
});

test("a file may contain thousands of ampersands", async () => {
  const form = formWith(0, "multipart") as FormData;
  form.set("prompt", "Taken as well");
  form.append("files", new File(["&".repeat(5_000)], "signs.txt"));
  expect((await send("/conversations", form)).status).toBe(303);
});
