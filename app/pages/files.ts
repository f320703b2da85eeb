import type { ComposerView } from "~/components/composer";
import type { FileView } from "~/components/files";
import type { AttachedFile } from "~/db/files";
import { ParleyError, type Problem } from "~/errors";
import type { Hrefs } from "./hrefs";
import type { ReturnedPrompt } from "./outcome";

/** Files as cards show them. */
export function fileViews(hrefs: Hrefs, files: readonly AttachedFile[]): FileView[] {
  return files.map(({ id, name, kind, size, hash, width, height }) => ({
    id,
    name,
    kind,
    size,
    href: hrefs.file(hash),
    ...(width && height ? { thumbnail: { src: hrefs.thumbnail(hash), width, height } } : {}),
  }));
}

/** What a composer shows of a prompt that came back, beside its text. */
export function givenBack(
  hrefs: Hrefs,
  refused: (ReturnedPrompt & { problem?: Problem }) | undefined,
): Pick<ComposerView, "problem" | "kept" | "refusedFiles"> {
  if (!refused) return {};
  const { problem, files = [], refusedFiles = [] } = refused;
  const views = fileViews(hrefs, files);
  const kept = views.map((view, at) => ({ ...view, characters: files[at]?.characters ?? 0 }));
  return { ...(problem ? { problem } : {}), kept, refusedFiles };
}

/** The file; throws the 404 that missing files and those of others share. */
export function foundFile<T>(file: T | undefined): T {
  if (file !== undefined) return file;
  throw new ParleyError("file-unknown", "There is no such file.", {
    kind: "unknown",
    next: "It went with the last message that it belonged to.",
  });
}
