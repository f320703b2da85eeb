import type { Env, MarkdownIt, StateCore, Token } from "markdown-it";
import { LINKED_WORD_CHARACTERS } from "~/limits";

const ALLOWED = /^(?:https?:\/\/[^\s/\\]|mailto:[^\s])/i;
const SCHEME = /^[a-z][a-z0-9+.-]*:/i;
// biome-ignore lint/suspicious/noControlCharactersInRegex: browsers skip these characters inside a scheme.
const SKIPPED = /[\u0000-\u0020\u007f-\u00a0]/g;

/** The address for `href`, or null if it must not be a link. Every link and image passes here. */
export function linkTarget(destination: string): string | null {
  return ALLOWED.test(destination) ? destination : null;
}

/** A destination without scheme would point into Parley itself, so only its label is shown. */
function isRelative(destination: string): boolean {
  return !SCHEME.test(destination.replace(SKIPPED, ""));
}

export function useLinks(markdown: MarkdownIt): void {
  markdown.validateLink = (url) => linkTarget(url) !== null || isRelative(url);
  markdown.linkify.add("ftp:", null).add("//", null);
  markdown.linkify.add("www.", {
    validate(text, position, self) {
      const host = self.re.get_relative_proto_validator();
      host.lastIndex = position;
      return host.exec(text)?.[0].length ?? 0;
    },
    normalize(match) {
      match.url = `http://${match.url}`;
    },
  });
  linkifyShortWords(markdown);
  markdown.core.ruler.push("checked_links", checkLinks);
}

/** The search for the end of an address takes quadratic time. */
const LONG_WORD = new RegExp(`\\S{${LINKED_WORD_CHARACTERS + 1}}`);
const STARTS_LONG = new RegExp(`^${LONG_WORD.source}`);

function linkifyShortWords({ linkify }: MarkdownIt): void {
  const test = linkify.test.bind(linkify);
  const matchAtStart = linkify.matchAtStart.bind(linkify);
  linkify.test = (text) => !LONG_WORD.test(text) && test(text);
  linkify.matchAtStart = (text) => (STARTS_LONG.test(text) ? null : matchAtStart(text));
}

function checkLinks(state: StateCore): void {
  for (const token of state.tokens) {
    const children = token.children;
    if (children?.some(({ type }) => type === "link_open" || type === "image")) {
      token.children = checkedTokens(children, state);
    }
  }
}

/** Keeps only the outermost allowed links, since markdown-it accepts `<https://…>` inside a link. */
function checkedTokens(tokens: Token[], state: StateCore): Token[] {
  const kept: boolean[] = [];
  return tokens.flatMap((token) => {
    const isInside = kept.includes(true);
    if (token.type === "link_open") {
      const href = isInside ? null : linkTarget(String(token.attrGet("href")));
      kept.push(href !== null);
      if (href === null) return [];
      token.attrs = linkAttributes(href, token.attrGet("title"));
      return [token];
    }
    if (token.type === "link_close") return kept.pop() ? [token] : [];
    return token.type === "image" ? imageTokens(token, isInside, state) : [token];
  });
}

function linkAttributes(href: string, title: string | number | null): [string, string][] {
  const attributes: [string, string][] = [
    ["href", href],
    ["rel", "noopener noreferrer"],
    // htmx would swap in the target of a same-origin link, even a file.
    ["hx-boost", "false"],
  ];
  if (title !== null) attributes.push(["title", String(title)]);
  return attributes;
}

/** Pictures become links: loading them would tell their server what was said. */
function imageTokens(image: Token, isInside: boolean, state: StateCore): Token[] {
  const source = String(image.attrGet("src"));
  const label = new state.Token("text", "", 0);
  label.content = altText(image, state) || source;
  const href = isInside ? null : linkTarget(source);
  if (href === null) return [label];
  const open = new state.Token("link_open", "a", 1);
  open.attrs = [["class", "image-link"], ...linkAttributes(href, image.attrGet("title"))];
  return [open, label, new state.Token("link_close", "a", -1)];
}

function altText(image: Token, state: StateCore): string {
  const { renderer, options } = state.md;
  // markdown-it types the environment of a state as unknown.
  const text = renderer.renderInlineAsText(image.children ?? [], options, state.env as Env);
  return text.replace(/\s+/g, " ").trim();
}
