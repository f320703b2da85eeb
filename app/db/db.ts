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
import { remainQueries } from "./remains";
import { savedPromptQueries } from "./saved-prompts";
import { searchQueries } from "./search";
import { Storage, type StorageListener } from "./storage";
import { transferQueries } from "./transfer";
import { waitingPromptQueries } from "./waiting-prompts";

/**
 * Everything that Parley keeps, behind functions that return promises: bun:sqlite answers at once, but
 * the next dialect will not.
 */
export type Db = Awaited<ReturnType<typeof openDb>>;

/**
 * Opens and migrates the database; throws a StartError that says what to do where it cannot. `tell` hears when
 * nothing can be saved any more, and when it can again.
 */
export async function openDb(
  file: string,
  migrationsFolder: string,
  tell: StorageListener = () => {},
) {
  const { db, close } = openFile(file, migrationsFolder);
  const reader = readerOf(db);
  const storage = new Storage(db.$client, file, tell);
  return {
    conversations: storage.guard(conversationQueries(db)),
    messages: storage.guard(messageQueries(db)),
    branches: storage.guard(branchQueries(db)),
    generations: storage.guard(generationQueries(db)),
    search: storage.guard(searchQueries(db, reader)),
    files: storage.guard(fileQueries(db)),
    defaults: storage.guard(defaultQueries(db)),
    modelCounts: storage.guard(modelCountQueries(db)),
    savedPrompts: storage.guard(savedPromptQueries(db)),
    imports: storage.guard(importQueries(db)),
    transfer: storage.guard(transferQueries(db)),
    waitingPrompts: storage.guard(waitingPromptQueries(db)),
    remains: storage.guard(remainQueries(db.$client, storage)),
    /** Resolves while the database answers and what is written is saved; else rejects with a StorageError. */
    check: () => storage.check(),
    async close(): Promise<void> {
      await reader.close();
      close();
    },
  };
}
