import type { BrowserContext } from "playwright/test";

/** What must never happen on any page, collected while a test runs. */
export interface Faults {
  /** Lets error messages of the console pass that match, as `422` where a form is refused. */
  allow(pattern: RegExp): void;
  /** Everything that went wrong and was not allowed. */
  found(): string[];
}

/**
 * Watches all pages of a context: errors in the console, the Content-Security-Policy's among them, errors
 * of scripts, dialogs, and requests that leave for another host.
 */
export function watchFaults(context: BrowserContext, url: string): Faults {
  const home = new URL(url).origin;
  const seen: string[] = [];
  const allowed: RegExp[] = [];
  context.on("console", (message) => {
    if (message.type() === "error") seen.push(`console: ${message.text()}`);
  });
  context.on("weberror", (fault) => seen.push(`script: ${fault.error().stack}`));
  context.on("dialog", (dialog) => {
    seen.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  context.on("request", (request) => {
    const url = request.url();
    if (/^https?:/.test(url) && new URL(url).origin !== home) seen.push(`request: ${url}`);
  });
  return {
    allow: (pattern) => allowed.push(pattern),
    found: () => seen.filter((fault) => !allowed.some((pattern) => pattern.test(fault))),
  };
}
