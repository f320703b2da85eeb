import type { Desk } from "./desk";
import type { Ledger } from "./ledger";

const PATIENCE_MS = 20_000;

interface Import {
  state: string;
  added: number;
}

/**
 * Takes a conversation out as a file and in again as another one, whose prompts are of words of their own.
 * What was taken in is there; what is refused, or comes where Parley is killed, is not, or not in part.
 */
export async function importCopy(desk: Desk, ledger: Ledger, conversation: string): Promise<void> {
  const page = await desk.get(`/conversations/${conversation}.json`);
  if (page?.status !== 200) return;
  const file = JSON.parse(page.text) as {
    id: string;
    importedFrom?: string;
    messages: { role: string; content: string }[];
  };
  file.id = Bun.randomUUIDv7();
  delete file.importedFrom;
  const prompts = file.messages.filter(({ role }) => role === "user");
  for (const prompt of prompts) prompt.content = ledger.words("Copy");
  const form = new FormData();
  form.set("file", new File([JSON.stringify(file)], "copy.json", { type: "application/json" }));
  const status = await desk.post("import", "/imports", form);
  const came = status === 303 ? await ended(desk, file.id) : undefined;
  const taken =
    status !== undefined && status !== 303 ? status : came === "added" ? 303 : undefined;
  for (const { content } of prompts) ledger.answered(content, taken);
  if (came === "refused") desk.fault(`the copy of ${conversation} was not taken in`);
}

/** What became of the newest import; undefined where Parley is killed meanwhile. */
async function ended(desk: Desk, origin: string): Promise<"added" | "refused" | undefined> {
  for (const patience = Date.now() + PATIENCE_MS; Date.now() < patience; await Bun.sleep(20)) {
    const [newest] = desk.rows<Import>("select state, added from imports order by id desc limit 1");
    const [here] = desk.rows(
      "select 1 from conversations where imported_from = ?",
      `parley:${origin}`,
    );
    if (here && newest?.state !== "running") return "added";
    if (newest?.state === "interrupted") return undefined;
    if (newest?.state === "failed" || newest?.state === "finished") return "refused";
  }
  return undefined;
}
