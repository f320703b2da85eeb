import { test as base, expect } from "playwright/test";
import { type ScriptedOllama, startScriptedOllama } from "../ollama/host";
import { type Faults, watchFaults } from "./faults";
import { type Parley, startParley } from "./parley";

interface Fixtures {
  /** More arguments for Parley: `test.use({ args: ["--parallel", "1"] })`. */
  args: string[];
  /** The Ollama that it asks, in the test's own process. */
  ollama: ScriptedOllama;
  parley: Parley;
  faults: Faults;
  /** True in the project whose browser runs scripts. */
  scripted: boolean;
}

/** A fresh Parley, Ollama and browser for each test; a fault on any page fails it. */
export const test = base.extend<Fixtures>({
  args: [[], { option: true }],
  // biome-ignore lint/correctness/noEmptyPattern: the runner reads the names from the pattern.
  ollama: async ({}, use) => {
    const ollama = await startScriptedOllama({ slots: 4 });
    await use(ollama);
    await ollama.stop();
  },
  parley: async ({ ollama, args }, use) => {
    const parley = await startParley(["--ollama", ollama.url, ...args]);
    await use(parley);
    await parley.stop();
  },
  baseURL: async ({ parley }, use) => use(`${parley.url}/`),
  scripted: async ({ javaScriptEnabled }, use) => use(javaScriptEnabled ?? true),
  faults: [
    async ({ context, parley }, use) => {
      const faults = watchFaults(context, parley.url);
      await use(faults);
      expect(faults.found(), "errors, dialogs and requests to other hosts").toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
