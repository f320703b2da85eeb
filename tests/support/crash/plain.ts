/**
 * Texts as they can be compared wherever they come from: letters and digits only, so that Markdown, its
 * HTML and a half-open block of either have the same. Entities of HTML hold none that answers here use.
 */
const OTHER = /[^\p{L}\p{N}]+/gu;

/** The letters and digits of a Markdown source whose fences name no language. */
export function plainSource(source: string): string {
  return source.replace(OTHER, "");
}

/** The letters and digits that HTML shows, also where it breaks off in the middle of a tag. */
export function plainHtml(html: string): string {
  return html
    .replace(/<figcaption>[^<]*/g, "")
    .replace(/<[^>]*(>|$)/g, "")
    .replace(/&[^;\s]*(;|$)/g, "")
    .replace(OTHER, "");
}

/** The last answer of a page that may have come in part: its id and its text as styles show it. */
export function lastAnswer(page: string): { messageId: string; text: string } | undefined {
  const article = page.slice(page.lastIndexOf('<article class="message assistant"'));
  const messageId = /^<article [^>]*id="m-([^"]+)"/.exec(article)?.[1];
  const begin = article.lastIndexOf('<div class="answer"');
  if (messageId === undefined || begin < 0) return undefined;
  const [answer = ""] = article.slice(begin).split("<footer", 1);
  const shown = answer.replace(
    /<div class="open-block"[^>]*>[^<]*<\/div>(?=<div class="closed-block")/g,
    "",
  );
  return { messageId, text: plainHtml(shown) };
}
