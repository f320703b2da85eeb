import type { HLJSApi } from "highlight.js";
import hljs from "highlight.js/lib/core";
import { languages } from "./languages";

/**
 * Longer code is shown plain. TypeScript and HTML, the slowest, take 2 ms a kilobyte, in which nobody else
 * is served; 20 ms is what a stall may last.
 */
export const LONGEST_HIGHLIGHTED = 8_000;

/**
 * highlight.js 11 tries each of its patterns at each character up to the end of the text, which is
 * quadratic: 20 KB of one letter take a second, of `r#"` in Rust 23 seconds. So it gets the code in
 * portions of whole lines, as a sublanguage, which carries comments and strings from one to the next.
 */
const PORTION = /[\s\S]{1,256}(?:\n|$)|[\s\S]{1,256}/;
const PREFIX = "portions of ";

interface Highlighter {
  hljs: HLJSApi;
  /** The language of each name and alias, in lower case. */
  names: Map<string, string>;
}

let built: Highlighter | undefined;

/** Code as HTML with highlight.js's classes, or null where it is to be shown plain. */
export function highlight(code: string, language: string): string | null {
  if (code.length > LONGEST_HIGHLIGHTED) return null;
  // Registering the languages costs 10 ms and 8 MiB, so it waits for the first code.
  built ??= build();
  const name = built.names.get(language);
  if (name === undefined) return null;
  const options = { language: PREFIX + name, ignoreIllegals: true };
  return withoutPortions(built.hljs.highlight(code, options).value);
}

function build(): Highlighter {
  const own = hljs.newInstance();
  const names = new Map<string, string>();
  for (const [name, language] of Object.entries(languages)) {
    own.registerLanguage(name, language);
    own.registerLanguage(PREFIX + name, () => ({
      disableAutodetect: true,
      contains: [{ begin: PORTION, subLanguage: name }],
    }));
    const aliases = own.getLanguage(name)?.aliases ?? [];
    for (const alias of [name, ...aliases]) names.set(alias.toLowerCase(), name);
  }
  return { hljs: own, names };
}

/** Drops the spans that highlight.js puts around each portion, and an escape that text does not need. */
function withoutPortions(html: string): string {
  const dropped: boolean[] = [];
  const tag = /<span class="([^"]*)">|<\/span>/g;
  return html.replaceAll("&#x27;", "'").replace(tag, (span, name?: string) => {
    if (name === undefined) return dropped.pop() ? "" : span;
    const drop = name.startsWith("language-");
    dropped.push(drop);
    return drop ? "" : span;
  });
}
