import type { HLJSApi } from "highlight.js";
import hljs from "highlight.js/lib/core";
import { languages } from "./languages";

/** Longer code is not highlighted: TypeScript and HTML block the process for 2 ms a kilobyte. */
export const MAX_HIGHLIGHTED_CHARACTERS = 8_000;

// highlight.js 11 takes quadratic time (20 KB of `r#"` in Rust: 23 s). Portions as a sublanguage continue comments and strings.
const PORTION = /[\s\S]{1,256}(?:\n|$)|[\s\S]{1,256}/;
const PREFIX = "portions of ";

interface Highlighter {
  hljs: HLJSApi;
  names: Map<string, string>;
}

let built: Highlighter | undefined;

/** Code as HTML with highlight.js's classes; null if it is too long or the language unknown. */
export function highlight(code: string, language: string): string | null {
  if (code.length > MAX_HIGHLIGHTED_CHARACTERS) return null;
  // Registering the languages takes 10 ms and 8 MiB.
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
