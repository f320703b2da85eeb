import { expect, vi } from "vitest";
import type { TestParley } from "./parley";

/** Sends a file as the form does. */
export async function send(
  parley: TestParley,
  name: string,
  bytes: string | Uint8Array<ArrayBuffer> | Buffer,
) {
  const form = new FormData();
  form.set("file", new File([bytes as BlobPart], name));
  return parley.fetch("/imports", { method: "POST", body: form });
}

/** Sends a file and gives the report when the import has ended. */
export async function imported(
  parley: TestParley,
  name: string,
  bytes: string | Uint8Array<ArrayBuffer> | Buffer,
) {
  const response = await send(parley, name, bytes);
  expect(response.status, await response.clone().text()).toBe(303);
  return report(parley, response.headers.get("location") ?? "");
}

export async function report(parley: TestParley, path: string): Promise<string> {
  let html = "";
  await vi.waitFor(
    async () => {
      html = await parley.page(path);
      expect(html).not.toContain('data-state="running"');
    },
    { timeout: 15_000, interval: 50 },
  );
  return html.replaceAll("<!-- -->", "");
}

/** The address of the conversation with this title, archived ones too. */
export async function conversation(parley: TestParley, title: string): Promise<string> {
  const lists =
    (await parley.page("/conversations")) + (await parley.page("/conversations?show=archived"));
  const links = lists.matchAll(
    /href="(\/conversations\/[0-9a-f-]{36})[^"]*"[^>]*>.*?<span class="entry-title"[^>]*>([^<]*)</gs,
  );
  const link = [...links].find(([, , name]) => name === title);
  if (!link?.[1]) throw new Error(`${title} is not in the list`);
  return link[1];
}

export async function json(parley: TestParley, path: string): Promise<OwnFile> {
  return (await parley.fetch(`${path}.json`)).json() as Promise<OwnFile>;
}

export interface OwnFile {
  format: string;
  version: number;
  id: string;
  title: string;
  leaf: string;
  messages: {
    id: string;
    parent?: string;
    role: string;
    content: string;
    [key: string]: unknown;
  }[];
  [key: string]: unknown;
}

/** A file in our own format. */
export const own = (changes: object = {}) => ({
  format: "parley-conversation",
  version: 1,
  id: "0199aaaa-0000-7000-8000-000000000001",
  title: "Kept",
  titledBy: "person",
  createdAt: "2026-01-02T03:04:05.678Z",
  updatedAt: "2026-01-02T03:04:06.000Z",
  leaf: "b",
  messages: [
    { id: "a", role: "user", content: "Question?", createdAt: "2026-01-02T03:04:05.678Z" },
    {
      id: "b",
      parent: "a",
      role: "assistant",
      content: "Answer.",
      model: "m",
      createdAt: "2026-01-02T03:04:06.000Z",
    },
  ],
  ...changes,
});
