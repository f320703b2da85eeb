import type { MarkdownIt, Token } from "markdown-it";

/** An answer is a part of a reply, so its headings stand below the page's own two levels. */
const HEADINGS_ABOVE = 2;

/** The shape of everything that is not code or formula: small, without inline styles, one line a block. */
export function useMarkup(markdown: MarkdownIt): void {
  const { renderer } = markdown;
  const tag = (token: Token | undefined, name = token?.tag ?? "") =>
    token === undefined || token.hidden
      ? ""
      : token.nesting === -1
        ? `</${name}>`
        : `<${name}${renderer.renderAttrs(token)}>`;

  // markdown-it's own function puts line breaks between tags, which would only be bytes to send.
  renderer.renderToken = (tokens, index) => tag(tokens[index]);

  renderer.rules.heading_open = (tokens, index) => tag(tokens[index], heading(tokens[index]));
  renderer.rules.heading_close = renderer.rules.heading_open;

  renderer.rules.table_open = () =>
    '<div class="table" tabindex="0" role="region" aria-label="Table"><table>';
  renderer.rules.table_close = () => "</table></div>";
  renderer.rules.th_open = (tokens, index) => `<${tokens[index]?.tag}${alignment(tokens[index])}>`;
  renderer.rules.td_open = renderer.rules.th_open;
  renderer.rules.hardbreak = () => "<br>";
}

function heading(token: Token | undefined): string {
  const level = Number(token?.tag.slice(1)) + HEADINGS_ABOVE;
  return `h${Math.min(level, 6)}`;
}

/** markdown-it writes `style="text-align:…"`, which the page's policy forbids. */
function alignment(cell: Token | undefined): string {
  const side = /^text-align:(left|center|right)$/.exec(String(cell?.attrGet("style")))?.[1];
  return side === undefined ? "" : ` class="align-${side}"`;
}
