import type { HLJSApi } from "highlight.js";
import hljs from "highlight.js/lib/core";
import { languages } from "./languages";

/** Longer code is shown plain: highlighting takes 1 to 2 ms a kilobyte and blocks the event loop. */
export const LONGEST_HIGHLIGHTED = 12_000;

/**
 * highlight.js 11 tries each of its patterns at each character up to the end of the text, which is
 * quadratic: 20 KB of one letter take a second, of `r#"` in Rust 23 seconds. So it gets the code in
 * portions of whole lines, as a sublanguage, which carries comments and strings from one to the next.
 */
const PORTION = /[\s\S]{1,256}(?:\n|$)|[\s\S]{1,256}/;
const PREFIX = "portions of ";

/** Far beyond what honest code takes; thousands of strings nested in each other do get here. */
const LONGEST_MS = 200;

let built: Highlighter | undefined;

/** Code as HTML with highlight.js's classes, or null where it is to be shown plain. */
export function highlight(code: string, language: string): string | null {
  if (code.length > LONGEST_HIGHLIGHTED) return null;
  // Registering the languages takes 10 ms and 8 MiB, so it waits for the first code that needs it.
  built ??= new Highlighter();
  return built.highlight(code, language);
}

class Highlighter {
  readonly #hljs: HLJSApi = hljs.newInstance();
  readonly #names = new Map<string, string>();
  #deadline = 0;

  constructor() {
    for (const [name, language] of Object.entries(languages)) {
      this.#hljs.registerLanguage(name, language);
      this.#hljs.registerLanguage(PREFIX + name, () => ({
        disableAutodetect: true,
        contains: [{ begin: PORTION, subLanguage: name, "on:begin": () => this.#checkTime() }],
      }));
      const aliases = this.#hljs.getLanguage(name)?.aliases ?? [];
      for (const alias of [name, ...aliases]) this.#names.set(alias.toLowerCase(), name);
    }
  }

  highlight(code: string, language: string): string | null {
    const name = this.#names.get(language);
    if (name === undefined) return null;
    this.#deadline = performance.now() + LONGEST_MS;
    const result = this.#hljs.highlight(code, { language: PREFIX + name, ignoreIllegals: true });
    return result.errorRaised === undefined ? withoutPortions(result.value) : null;
  }

  #checkTime(): void {
    if (performance.now() > this.#deadline) throw new Error("highlighting takes too long");
  }
}

/** Drops the spans that highlight.js puts around each portion, and an escape that text does not need. */
function withoutPortions(html: string): string {
  const dropped: boolean[] = [];
  return html
    .replaceAll("&#x27;", "'")
    .replace(/<span class="([^"]*)">|<\/span>/g, (tag, name?: string) => {
      if (name === undefined) return dropped.pop() ? "" : tag;
      const drop = name.startsWith("language-");
      dropped.push(drop);
      return drop ? "" : tag;
    });
}
