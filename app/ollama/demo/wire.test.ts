import { Ollama } from "ollama";
import { describe, expect, test } from "vitest";
import { createDemoHost } from "./host";

const HOST = "http://demo.invalid";

function client(): Ollama {
  return new Ollama({ host: HOST, fetch: createDemoHost({ wordMs: 0 }) as typeof fetch });
}

function say(content: string) {
  return { model: "eliza", messages: [{ role: "user", content }] };
}

describe("refusals", () => {
  const image = { role: "user", content: "look", images: ["aGk="] };

  test.each<[string, object, number, string | RegExp]>([
    ["no model", { model: "", messages: [] }, 400, "model is required"],
    ["another model", { model: "gemma3:4b", messages: [] }, 404, "model 'gemma3:4b' not found"],
    ["another tag", { model: "eliza:1b", messages: [] }, 404, "model 'eliza:1b' not found"],
    ["thinking", { ...say("Hi"), think: true }, 400, '"eliza" does not support thinking'],
    ["tools", { ...say("Hi"), tools: [{}] }, 400, /eliza:latest does not support tools$/],
    ["pictures", { ...say("Hi"), messages: [image] }, 400, /"message":"Multimodal data provided/],
    [
      "an option",
      { ...say("Hi"), options: { num_predict: "3" } },
      500,
      /"num_predict" must be of type integer/,
    ],
    [
      "keep_alive",
      { ...say("Hi"), keep_alive: "forever" },
      400,
      'time: invalid duration "forever"',
    ],
    [
      "keep_alive without unit",
      { ...say("Hi"), keep_alive: "300" },
      400,
      'time: missing unit in duration "300"',
    ],
    [
      "parts",
      { ...say("Hi"), messages: [{ role: "user", content: [] }] },
      400,
      /cannot unmarshal array .*messages\.content of type string/,
    ],
  ])("%s", async (_, request, status_code, message) => {
    const answer = client().chat(request as Parameters<Ollama["chat"]>[0]);
    await expect(answer).rejects.toMatchObject({
      name: "ResponseError",
      status_code,
      message: typeof message === "string" ? message : expect.stringMatching(message),
    });
  });

  test("an unknown model is shown with its tag", async () => {
    await expect(client().show({ model: "nope" })).rejects.toThrow("model 'nope:latest' not found");
  });

  test("thinking that is switched off is no reason to refuse", async () => {
    expect(await client().chat({ ...say("Hi"), think: false })).toMatchObject({ done: true });
  });
});

describe("the wire", () => {
  const host = createDemoHost({ wordMs: 0 });
  const post = (path: string, body: unknown) =>
    host(HOST + path, {
      method: "POST",
      body: typeof body === "string" ? body : JSON.stringify(body),
    });

  test.each<[string, string, number, string, string]>([
    ["GET", "/", 200, "text/plain; charset=utf-8", "Ollama is running"],
    ["HEAD", "/", 200, "text/plain; charset=utf-8", ""],
    ["HEAD", "/api/tags", 200, "application/json; charset=utf-8", ""],
    ["GET", "/api/ps", 200, "application/json; charset=utf-8", '{"models":[]}'],
    ["GET", "/api/nothing", 404, "text/plain", "404 page not found"],
    ["POST", "/api/pull", 404, "text/plain", "404 page not found"],
    ["POST", "/api/tags", 405, "text/plain", "405 method not allowed"],
    ["GET", "/api/chat", 405, "text/plain", "405 method not allowed"],
  ])("%s %s", async (method, path, status, type, body) => {
    const answer = await host(HOST + path, { method });
    expect([answer.status, answer.headers.get("content-type")]).toEqual([status, type]);
    expect(await answer.text()).toBe(body);
  });

  test.each([
    ["", "missing request body"],
    ['{"model":', "unexpected EOF"],
    ["hello", "invalid character 'h' looking for beginning of value"],
    ["[]", "invalid character '[' looking for beginning of value"],
  ])("a body of %j", async (body, error) => {
    const answer = await post("/api/chat", body);
    expect([answer.status, await answer.json()]).toEqual([400, { error }]);
  });

  test("lines end in a newline, a document does not, and both escape what HTML knows", async () => {
    const ask = say("I am <b> & \u2028co");
    const streamed = await post("/api/chat", ask);
    expect(streamed.headers.get("content-type")).toBe("application/x-ndjson");
    const whole = await post("/api/chat", { ...ask, stream: false });
    expect(whole.headers.get("content-type")).toBe("application/json; charset=utf-8");

    const lines = await streamed.text();
    const document = await whole.text();
    expect(lines).toMatch(/\}\n$/);
    expect(document).not.toMatch(/\n/);
    for (const bytes of [lines, document]) expect(bytes).not.toMatch(/[<>&\u2028]/);
    expect(await (await post("/api/chat", say("show me code"))).text()).toContain("=\\u003e");
  });

  test("takes a Request as well, and `name` for `model`", async () => {
    const body = JSON.stringify({ name: "eliza" });
    const answer = await host(new Request(`${HOST}/api/show`, { method: "POST", body }));
    expect(answer.status).toBe(200);
  });
});
