import { existsSync } from "node:fs";
import { chromium } from "playwright";

const INSTALLED = [
  process.env.CHROMIUM,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** The Chromium for tests: an installed one, otherwise Playwright's; empty if there is neither. */
export function findChromium(): { executablePath?: string } {
  const path = [...INSTALLED, chromium.executablePath()].find((file) => file && existsSync(file));
  return path ? { executablePath: path } : {};
}
