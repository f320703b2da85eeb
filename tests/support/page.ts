/** The answers of a page, oldest first: what stands in each `.answer` after styles have hidden open blocks. */
export function answersOf(html: string): string[] {
  return [
    ...html.matchAll(/<div class="answer"[^>]*>(.*?)<\/div>(?=<footer|<div class="answer"|$)/gs),
  ].map(([, inner = ""]) => withoutOpenBlocks(inner));
}

/** Open blocks hold escaped text only, so the first closing tag is theirs. */
export function withoutOpenBlocks(html: string): string {
  return html.replace(/<div class="open-block"[^>]*>[^<]*<\/div>/g, "");
}

/** The first match of a pattern's group, or a failure that shows the text. */
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
