import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { LIST_MS, MODELS_SHOWN_AT_ONCE } from "~/limits";
import { ollamaHost } from "~/ollama/client";
import { createDemoHost } from "~/ollama/demo/host";
import { type ScriptedOllama, startScriptedOllama } from "../../tests/ollama/host";
import { Catalog, type Offer, thinkValues } from "./catalog";

let scripted: ScriptedOllama;

beforeEach(async () => {
  scripted = await startScriptedOllama();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await scripted.stop();
});

function catalog(mode: "auto" | "on" | "off" = "off"): Catalog {
  const demo = mode === "off" ? undefined : ollamaHost("http://demo.invalid", createDemoHost());
  return new Catalog(ollamaHost(scripted.url), demo, mode);
}

const names = ({ models }: Offer) => models.map(({ name }) => name);
const asked = (path: string) => scripted.requests.filter((request) => request.path === path).length;

describe("the offer", () => {
  test("lists what can hold a conversation, and no embedding model", async () => {
    const offer = await catalog().offer();
    expect(offer.state).toBe("ready");
    expect(names(offer)).toContain("gemma3:4b");
    expect(scripted.models.map(({ name }) => name)).toContain("nomic-embed-text:latest");
    expect(names(offer)).not.toContain("nomic-embed-text");
  });

  test("is asked for once while it is fresh, and each model is described once", async () => {
    const models = catalog();
    await Promise.all([models.offer(), models.offer()]);
    await models.offer();
    expect(asked("/api/tags")).toBe(1);
    models.forget();
    await models.offer();
    expect(asked("/api/tags")).toBe(2);
    expect(asked("/api/show")).toBe(scripted.models.length);
  });

  test("knows from show what tags do not say", async () => {
    const owl = (await catalog().offer()).models.find(({ name }) => name.includes("owl-jinja"));
    expect(owl?.thinkValues).toEqual(["off", "on"]);
  });

  test("asks again about a model that could not be described", async () => {
    let failing = true;
    const flaky = (input: RequestInfo | URL, init?: RequestInit) =>
      failing && String(input).endsWith("/api/show")
        ? Promise.reject(new Error("reset"))
        : fetch(input, init);
    const models = new Catalog(ollamaHost(scripted.url, flaky), undefined, "off");
    const thinks = async () =>
      (await models.offer()).models.find(({ name }) => name === "qwen3:8b")?.thinkValues.length;
    expect(await thinks()).toBe(0);
    failing = false;
    models.forget();
    expect(await thinks()).toBe(2);
  });

  test("says that a host has no model", async () => {
    scripted.models = [];
    expect(await catalog("auto").offer()).toMatchObject({
      state: "empty",
      demo: false,
      models: [],
    });
  });

  test("never shows the password of an address", async () => {
    const address = scripted.url.replace("//", "//ada:secret@");
    const models = new Catalog(ollamaHost(address), undefined, "off");
    expect((await models.offer()).address).toBe(scripted.url);
  });
});

describe("a slow host", () => {
  /** Puts the timeouts of requests on a clock that the test moves. */
  function clockOfTimeouts() {
    const timeouts: { ms: number; over: AbortController }[] = [];
    vi.spyOn(AbortSignal, "timeout").mockImplementation((ms) => {
      const over = new AbortController();
      timeouts.push({ ms, over });
      return over.signal;
    });
    return (now: number) => {
      for (const { ms, over } of timeouts) if (ms <= now) over.abort();
    };
  }

  /** A host that keeps the requests for one path until they are released, or given up. */
  function heldHost(held: string) {
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    const pending: string[] = [];
    const host = ollamaHost(scripted.url, async (input, init) => {
      if (String(input).endsWith(held)) {
        pending.push(held);
        const { signal } = init ?? {};
        signal?.throwIfAborted();
        const left = new Promise((_, reject) => signal?.addEventListener("abort", reject));
        await Promise.race([released, left]);
      }
      return fetch(input, init);
    });
    return { models: new Catalog(host, undefined, "off"), pending, release };
  }

  test("may take its time to list models, and no longer", async () => {
    const goTo = clockOfTimeouts();
    const { models, pending, release } = heldHost("/api/tags");
    const asked = models.resolve("gemma3:4b").catch((error) => error);
    await vi.waitFor(() => expect(pending).toHaveLength(1));
    goTo(LIST_MS - 1);
    release();
    expect(await asked).toMatchObject({ model: { name: "gemma3:4b" } });

    const slow = heldHost("/api/tags");
    const late = slow.models.resolve("gemma3:4b").catch((error) => error);
    for (const count of [1, 2]) {
      await vi.waitFor(() => expect(slow.pending).toHaveLength(count));
      goTo(LIST_MS);
    }
    expect(await late).toMatchObject({ code: "unreachable" });
  });

  test("is asked about a few models at a time, and offers them where it does not say", async () => {
    const goTo = clockOfTimeouts();
    const { models, pending } = heldHost("/api/show");
    expect(scripted.models.length).toBeGreaterThan(MODELS_SHOWN_AT_ONCE);
    const asked = models.resolve("qwen3:8b");
    await vi.waitFor(() => expect(pending).toHaveLength(MODELS_SHOWN_AT_ONCE));
    goTo(LIST_MS - 1);
    await Bun.sleep(50);
    expect(pending).toHaveLength(MODELS_SHOWN_AT_ONCE);
    goTo(LIST_MS);
    expect((await asked).model).toMatchObject({ name: "qwen3:8b", thinkValues: [] });
  });
});

describe("the demo", () => {
  test("stands in while no Ollama answers, and steps back when one does", async () => {
    await scripted.goAway();
    const models = catalog("auto");
    const away = await models.offer();
    expect(away).toMatchObject({ state: "unreachable", demo: true });
    expect(names(away)).toEqual(["eliza"]);
    await scripted.comeBack();
    await vi.waitFor(async () => expect((await models.offer()).demo).toBe(false), 5_000);
    expect(names(await models.offer())).not.toContain("eliza");
  });

  test("stays beside a real host where it is switched on, behind its models", async () => {
    expect(names(await catalog("on").offer()).at(-1)).toBe("eliza");
  });

  test("is not there where it is switched off", async () => {
    await scripted.goAway();
    expect(await catalog("off").offer()).toMatchObject({
      state: "unreachable",
      demo: false,
      models: [],
    });
  });
});

describe("resolving a name", () => {
  test("finds a model that was pulled a moment ago", async () => {
    const models = catalog();
    await models.offer();
    scripted.models = [...scripted.models, { name: "fresh:1b", capabilities: ["completion"] }];
    expect((await models.resolve("fresh:1b")).model.name).toBe("fresh:1b");
  });

  test("of no model says that it is gone", async () => {
    await expect(catalog().resolve("nope")).rejects.toMatchObject({ code: "model-gone" });
  });

  test("while the host is away says that, not that the model is gone", async () => {
    await scripted.goAway();
    await expect(catalog("auto").resolve("gemma3:4b")).rejects.toMatchObject({
      code: "unreachable",
    });
  });

  test("of eliza leads to the demo host", async () => {
    await scripted.goAway();
    expect((await catalog("auto").resolve("eliza")).host.demo).toBe(true);
  });
});

const can = ["completion", "thinking"];

test("a model without the capability cannot think", () => {
  expect(thinkValues("gpt-oss:20b", ["completion"])).toEqual([]);
  expect(thinkValues("x", ["completion"], [true, false])).toEqual([]);
});

test("where the host says nothing, gpt-oss has levels and the others a switch", () => {
  expect(thinkValues("qwen3:8b", can)).toEqual(["off", "on"]);
  expect(thinkValues("hf.co/acme/GPT-OSS:20b", can)).toEqual(["low", "medium", "high"]);
  expect(thinkValues("gpt-oss/qwen3", can)).toEqual(["off", "on"]);
});

test("where the host says it, that holds, as far as it is known here", () => {
  expect(thinkValues("qwen3:8b", can, [false, true])).toEqual(["off", "on"]);
  expect(thinkValues("x", can, ["high", "low", "max"])).toEqual(["low", "high"]);
});
