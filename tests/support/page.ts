import { type HTMLElement, NodeType, parse } from "node-html-parser";

/** A page, or a part of one, as a DOM without comments; what is in `<pre>` and `<noscript>` is parsed too. */
export function dom(html: string, options: { comment?: boolean } = {}): HTMLElement {
  const blockTextElements = { script: true, style: true };
  return parse(html, { ...options, blockTextElements, parseNoneClosedTags: true });
}

/** The first element that the selector fits, or a failure that shows the markup. */
export function element(html: string, selector: string): HTMLElement {
  const first = dom(html).querySelector(selector);
  if (!first) throw new Error(`${selector} is not in: ${html.slice(0, 2_000)}`);
  return first;
}

/** The markup of the first element that the selector fits. */
export function markupOf(html: string, selector: string): string {
  return element(html, selector).outerHTML;
}

/** What elements say, without markup and with entities decoded. */
export function textsOf(html: string, selector: string): string[] {
  return dom(html)
    .querySelectorAll(selector)
    .map(({ text }) => text);
}

/** The text that elements begin with, up to the first element or comment in them. */
export function leadingTextsOf(html: string, selector: string): string[] {
  return dom(html, { comment: true })
    .querySelectorAll(selector)
    .map(({ firstChild }) => (firstChild?.nodeType === NodeType.TEXT_NODE ? firstChild.text : ""));
}

/** What the first element says. */
export function textOf(html: string, selector: string): string {
  return element(html, selector).text;
}

/** The values of an attribute that match, in the order of the page; a group of the pattern stands for the whole. */
export function attributesIn(html: string, name: string, pattern = /^.*$/s): string[] {
  return dom(html)
    .querySelectorAll(`[${name.replace(":", "\\:")}]`)
    .flatMap((owner) => {
      const match = pattern.exec(owner.getAttribute(name) ?? "");
      return match ? [match[1] ?? match[0]] : [];
    });
}

/** The first value of an attribute that matches, or a failure that shows the markup. */
export function attributeIn(html: string, name: string, pattern?: RegExp): string {
  const [first] = attributesIn(html, name, pattern);
  if (first === undefined) {
    throw new Error(`no ${name} matches ${pattern}: ${html.slice(0, 2_000)}`);
  }
  return first;
}

/** The first address of a link, form or button that matches; a group of the pattern stands for the whole. */
export function addressIn(html: string, pattern: RegExp): string {
  const [first] = ["href", "action", "formaction"].flatMap((name) =>
    attributesIn(html, name, pattern),
  );
  if (first === undefined)
    throw new Error(`no address matches ${pattern}: ${html.slice(0, 2_000)}`);
  return first;
}

/** Where the first form or button goes whose path ends in `/verb`. It must have no query, must have one, or may. */
export function actionIn(
  html: string,
  verb: string,
  query: "no query" | "a query" | "any query" = "no query",
): string {
  const queryPattern = { "no query": "", "a query": "\\?.*", "any query": "(?:\\?.*)?" }[query];
  const pattern = new RegExp(`/${verb}${queryPattern}$`);
  const actions = dom(html)
    .querySelectorAll("[action], [formaction]")
    .flatMap((owner) => [owner.getAttribute("formaction"), owner.getAttribute("action")])
    .filter((action) => action !== undefined);
  const action = actions.find((address) => pattern.test(address));
  if (action === undefined) throw new Error(`${pattern} fits none of: ${actions.join(", ")}`);
  return action;
}

/** The value of the first field with this name. */
export function fieldValue(html: string, field: string): string {
  return element(html, `[name="${field}"]`).getAttribute("value") ?? "";
}

/** The ids of the messages on a page. */
export function messageIds(html: string): string[] {
  return dom(html)
    .querySelectorAll("article.message")
    .flatMap(({ id }) => (id.startsWith("m-") ? [id.slice(2)] : []));
}

/** The title of a conversation's page. */
export function titleOf(html: string): string {
  return textOf(html, "title").replace(/ · Parley$/, "");
}

/** The answers of a page, oldest first, as markup: what stands in each `.answer` once open blocks are hidden. */
export function answersOf(html: string): string[] {
  const page = dom(html, { comment: true });
  for (const open of page.querySelectorAll(".open-block")) open.remove();
  return page.querySelectorAll(".answer").map(({ innerHTML }) => innerHTML);
}

/** An answer's markup without its open block. */
export function withoutOpenBlocks(html: string): string {
  const part = dom(html, { comment: true });
  for (const open of part.querySelectorAll(".open-block")) open.remove();
  return part.outerHTML;
}

/** The first match of a pattern's group in a text, or a failure that shows the text. */
export function found(text: string, pattern: RegExp): string {
  const match = pattern.exec(text)?.[1];
  if (match === undefined) throw new Error(`${pattern} is not in: ${text.slice(0, 2_000)}`);
  return match;
}

/** The text of a response as it comes, chunk by chunk. */
export async function* chunksOf(response: Response): AsyncGenerator<string, void> {
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) yield decoder.decode(chunk, { stream: true });
}

/** Reads a response until its text so far satisfies `enough`, then leaves; gives the text. */
export async function readUntil(
  response: Response,
  enough: (text: string) => boolean,
): Promise<string> {
  let text = "";
  for await (const chunk of chunksOf(response)) {
    text += chunk;
    if (enough(text)) return text;
  }
  return text;
}
