import { branchQueries } from "./branches";
import { conversationQueries } from "./conversations";
import { defaultQueries } from "./defaults";
import { fileQueries } from "./files";
import { generationQueries } from "./generations";
import { importQueries } from "./imports";
import { messageQueries } from "./messages";
import { modelCountQueries } from "./model-counts";
import { openFile } from "./open";
import { readerOf } from "./reader";
import { savedPromptQueries } from "./saved-prompts";
import { searchQueries } from "./search";
import { transferQueries } from "./transfer";
import { waitingPromptQueries } from "./waiting-prompts";

/**
 * Everything that Parley keeps, behind functions that return promises: bun:sqlite answers at once, but
 * the next dialect will not.
 */
export type Db = Awaited<ReturnType<typeof openDb>>;

/** Opens and migrates the database; throws a StartError that says what to do where it cannot. */
export async function openDb(file: string, migrationsFolder: string) {
  const { db, close } = openFile(file, migrationsFolder);
  const reader = readerOf(db);
  return {
    conversations: conversationQueries(db),
    messages: messageQueries(db),
    branches: branchQueries(db),
    generations: generationQueries(db),
    search: searchQueries(db, reader),
    files: fileQueries(db),
    defaults: defaultQueries(db),
    modelCounts: modelCountQueries(db),
    savedPrompts: savedPromptQueries(db),
    imports: importQueries(db),
    transfer: transferQueries(db),
    waitingPrompts: waitingPromptQueries(db),
    /** Resolves while the database answers. */
    async ping(): Promise<void> {
      db.$client.query("select 1").get();
    },
    async close(): Promise<void> {
      await reader.close();
      close();
    },
  };
}
