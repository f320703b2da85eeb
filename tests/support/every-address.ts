import { resolve } from "node:path";
import { vi } from "vitest";
import { png } from "./files";
import { addressIn } from "./page";
import type { TestParley } from "./parley";

/** An address of a route. */
export interface Address {
  /** Its id in the Remix build. */
  route: string;
  path: string;
  /** Whether it takes a form. */
  takesForm: boolean;
}

/** The ids that stand in addresses. */
interface Ids {
  conversation: string;
  message: string;
  file: string;
  waiting: string;
  generation: string;
  prompt: string;
  import: string;
}

const NOBODY = "01990000-0000-7000-8000-000000000000";

/** Well-formed ids that do not exist. */
export const UNKNOWN: Ids = {
  ...{ conversation: NOBODY, message: NOBODY, waiting: NOBODY, generation: NOBODY },
  ...{ prompt: NOBODY, import: NOBODY, file: "0".repeat(64) },
};

/** The addresses of each route; null for the root layout, which has none. */
const PATHS: Record<string, ((ids: Ids) => string | string[]) | null> = {
  root: null,
  "routes/$": () => "/nowhere",
  "routes/_index": () => "/",
  "routes/conversations._index": () => "/conversations",
  "routes/conversations.rows": () => "/conversations/rows",
  "routes/conversations.sidebar": () => "/conversations/sidebar",
  "routes/conversations.$id": (ids) => `/conversations/${ids.conversation}`,
  "routes/conversations.$id[.]json": (ids) => `/conversations/${ids.conversation}.json`,
  "routes/conversations.$id[.]md": (ids) => `/conversations/${ids.conversation}.md`,
  "routes/conversations.$id_.$verb": (ids) =>
    ["archive", "delete", "pin", "restore", "unarchive", "unpin"].map(
      (verb) => `/conversations/${ids.conversation}/${verb}`,
    ),
  "routes/conversations.$id_.events": (ids) => `/conversations/${ids.conversation}/events`,
  "routes/conversations.$id_.messages": (ids) => `/conversations/${ids.conversation}/messages`,
  "routes/conversations.$id_.others": (ids) => `/conversations/${ids.conversation}/others`,
  "routes/conversations.$id_.rename": (ids) => `/conversations/${ids.conversation}/rename`,
  "routes/conversations.$id_.steering": (ids) => `/conversations/${ids.conversation}/steering`,
  "routes/conversations.$id_.stop": (ids) => `/conversations/${ids.conversation}/stop`,
  "routes/export[.]zip": () => "/export.zip",
  "routes/files.$hash": (ids) => `/files/${ids.file}`,
  "routes/files.$hash_.thumbnail": (ids) => `/files/${ids.file}/thumbnail`,
  "routes/generations.$id.stop": (ids) => `/generations/${ids.generation}/stop`,
  "routes/healthz": () => "/healthz",
  "routes/import": () => "/import",
  "routes/imports.$id": (ids) => `/imports/${ids.import}`,
  "routes/imports._index": () => "/imports",
  "routes/messages.$id.choose": (ids) => `/messages/${ids.message}/choose`,
  "routes/messages.$id.continue": (ids) => `/messages/${ids.message}/continue`,
  "routes/messages.$id.delete": (ids) => `/messages/${ids.message}/delete`,
  "routes/messages.$id.edit": (ids) => `/messages/${ids.message}/edit`,
  "routes/messages.$id.regenerate": (ids) => `/messages/${ids.message}/regenerate`,
  "routes/patterns": () => "/patterns",
  "routes/prompts.$id": (ids) => `/prompts/${ids.prompt}`,
  "routes/prompts.$id_.delete": (ids) => `/prompts/${ids.prompt}/delete`,
  "routes/prompts.$id_.use": (ids) => `/prompts/${ids.prompt}/use`,
  "routes/prompts._index": () => "/prompts",
  "routes/prompts.new": () => "/prompts/new",
  "routes/settings._index": () => "/settings",
  "routes/settings.model": () => "/settings/model?model=gemma3%3A4b",
  "routes/theme": () => "/theme",
  "routes/waiting-prompts.$id.edit": (ids) => `/waiting-prompts/${ids.waiting}/edit`,
  "routes/waiting-prompts.$id.send": (ids) => `/waiting-prompts/${ids.waiting}/send`,
  "routes/waiting-prompts.$id.withdraw": (ids) => `/waiting-prompts/${ids.waiting}/withdraw`,
  "routes/without-script": () => "/without-script",
};

/** The addresses of every route in the build; throws if PATHS lacks one. */
export async function everyAddress(ids: Ids): Promise<Address[]> {
  const { build } = (await import(resolve("build/server.js"))) as typeof import("../../app/server");
  return Object.entries(build.routes).flatMap(([route, { module } = {} as never]) => {
    const paths = PATHS[route];
    if (paths === undefined)
      throw new Error(`tests/support/every-address.ts does not know ${route}`);
    const takesForm = module.action !== undefined;
    return [paths?.(ids) ?? []].flat().map((path) => ({ route, path, takesForm }));
  });
}

/** Creates one of everything: a conversation with a file, a live answer and a queued prompt, and so on. */
export async function richIds(parley: TestParley): Promise<Ids> {
  parley.ollama.next({ chunks: ["A", " tide."], holdAfter: 1 });
  const body = new FormData();
  body.set("prompt", "What is this?");
  body.set("model", "gemma3:4b");
  body.append("files", new File([new Uint8Array(png(40, 30))], "tide.png"));
  const begun = await parley.fetch("/conversations", { method: "POST", body });
  const path = begun.headers.get("location") ?? "";
  await vi.waitFor(() => {
    if (parley.ollama.held() === 0) throw new Error("the answer is not held");
  });
  await parley.post(`${path}/messages`, { prompt: "And then?", model: "gemma3:4b" });
  const html = await parley.page(path, { Cookie: "parley-script=1" });
  await parley.post("/prompts", { title: "Tides", text: "Explain {{what}}." });
  const prompts = await parley.page("/prompts");
  const file = new FormData();
  file.set("file", new File(["[]"], "nothing.json"));
  const started = await parley.fetch("/imports", { method: "POST", body: file });
  return {
    conversation: path.split("/").at(-1) ?? "",
    message: addressIn(html, /^\/messages\/([^/]+)\/edit$/),
    file: addressIn(html, /^\/files\/([0-9a-f]{64})$/),
    waiting: addressIn(html, /\/waiting-prompts\/([^/]+)\/withdraw/),
    generation: addressIn(html, /\/generations\/([^/]+)\/stop/),
    prompt: addressIn(prompts, /^\/prompts\/([^/]+)\/use/),
    import: started.headers.get("location")?.split("/").at(-1) ?? "",
  };
}
