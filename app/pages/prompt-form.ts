import type { LooseFile } from "~/db/files";
import { ParleyError, type StorageError } from "~/errors";
import { type RefusedFile, receiveFiles } from "~/files/receive";
import type { Form } from "~/http/form";
import { FILE_BYTES } from "~/limits";
import type { RequestContext } from "./context";

/** A prompt as a form brings it; its files are stored already. */
export interface PromptForm {
  prompt: string;
  model: string | undefined;
  files: LooseFile[];
  refusedFiles: RefusedFile[];
  /** Why the database did not take the files. */
  fault: StorageError | undefined;
}

/** Reads the fields that every form with a prompt has, and stores its files. */
export async function readPrompt(context: RequestContext, field: Form): Promise<PromptForm> {
  const chosen = field.files("files");
  // A long PDF takes its time.
  if (chosen.length > 0) context.keepOpen();
  const received = await receiveFiles(context, {
    chosen,
    kept: field.all("kept"),
  });
  return {
    prompt: field("prompt") ?? "",
    model: field("model"),
    files: received.taken,
    refusedFiles: received.refused,
    fault: received.fault,
  };
}

/** Throws a ParleyError where some of the files were not taken: what to do about it is for the person to say. */
export function checkFiles({ refusedFiles, fault }: PromptForm): void {
  if (fault) throw fault;
  if (refusedFiles.length === 0) return;
  const count = refusedFiles.length === 1 ? "A file was" : `${refusedFiles.length} files were`;
  throw new ParleyError("files-refused", `${count} not taken, so nothing was sent.`, {
    status: 422,
    next: `Pictures (PNG, JPEG, WebP), PDFs and text are taken, up to ${FILE_BYTES / 1024 / 1024} MiB each. What you wrote is still here.`,
  });
}
