import { defineConfig } from "playwright/test";
import { findChromium } from "./scripts/chromium";

/** Every scenario runs twice, with script and without, but for those whose tag names one of the two. */
export default defineConfig({
  testDir: "tests/browser",
  outputDir: ".cache/browser",
  fullyParallel: true,
  workers: 2,
  // Real servers on a shared machine: a slow moment is not a fault.
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [["list"], ["json", { outputFile: ".cache/browser.json" }]],
  use: {
    launchOptions: {
      ...findChromium(),
      args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-quic"],
    },
    colorScheme: "light",
    locale: "en-GB",
    trace: "off",
  },
  projects: [
    { name: "script on", grepInvert: /@no-script/, use: { javaScriptEnabled: true } },
    { name: "script off", grepInvert: /@script/, use: { javaScriptEnabled: false } },
  ],
});
