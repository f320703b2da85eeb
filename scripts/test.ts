/**
 * `bun run test`: types, lint and format, unit and request tests, the binary, the browser. The last line
 * counts them all; the exit code is 0 when none failed.
 */
import { existsSync, rmSync } from "node:fs";
import { findChromium } from "./chromium";
import { findNginx } from "./nginx";
import { run, say } from "./say";

interface Count {
  passed: number;
  failed: number;
}

const CACHE = ".cache";

async function check(name: string, command: string[]): Promise<Count> {
  say(`\n== ${name}`);
  return (await run(command)) === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** Runs tests with a JSON report; without a report the run counts as failed. */
async function suite(
  name: string,
  command: string[],
  report: string,
  read: (report: unknown) => Count,
): Promise<Count> {
  say(`\n== ${name}`);
  rmSync(report, { force: true });
  const code = await run(command);
  const count = existsSync(report) ? read(await Bun.file(report).json()) : { passed: 0, failed: 0 };
  const brokeDown = count.failed === 0 && (code !== 0 || count.passed === 0);
  return { ...count, failed: count.failed + (brokeDown ? 1 : 0) };
}

function vitestCount(report: unknown): Count {
  const { numPassedTests, numFailedTests } = report as Record<string, number>;
  return { passed: numPassedTests ?? 0, failed: numFailedTests ?? 0 };
}

function playwrightCount(report: unknown): Count {
  const { stats } = report as { stats: { expected: number; unexpected: number; flaky: number } };
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky };
}

/** Uses an installed browser, otherwise Playwright's, otherwise Debian's. */
async function ensureChromium(): Promise<void> {
  if (findChromium().executablePath) return;
  say("\n== Chromium is missing: fetching Playwright's");
  await run(["playwright", "install", "chromium"]);
  if (!findChromium().executablePath) await installFromDebian("Chromium", ["chromium"]);
}

/** Installs nginx and openssl for the tests behind a proxy. */
async function ensureNginx(): Promise<void> {
  if (!findNginx() || !Bun.which("openssl")) await installFromDebian("nginx", ["nginx", "openssl"]);
  if (!findNginx()) say("\n== nginx is missing: skipping the tests behind a proxy");
}

/** Installs packages on Debian as root; otherwise does nothing. */
async function installFromDebian(name: string, packages: string[]): Promise<void> {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return;
  say(`\n== ${name} is missing: installing Debian's`);
  for (const args of [["update"], ["install", "-y", "--no-install-recommends", ...packages]]) {
    await Bun.spawn(["apt-get", ...args], { stdio: ["ignore", "ignore", "inherit"] }).exited;
  }
}

await ensureNginx();
const counts = [
  await check("build", ["build"]),
  await check("types", ["typecheck"]),
  await check("lint and format", ["lint"]),
  await suite(
    "unit and requests",
    [
      "vitest",
      "run",
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${CACHE}/unit.json`,
    ],
    `${CACHE}/unit.json`,
    vitestCount,
  ),
];
await ensureChromium();
counts.push(
  await suite("browser", ["playwright", "test"], `${CACHE}/browser.json`, playwrightCount),
);
const passed = counts.reduce((sum, count) => sum + count.passed, 0);
const failed = counts.reduce((sum, count) => sum + count.failed, 0);
say(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
