import type { ComposerView } from "~/components/composer";
import type { FileView } from "~/components/files";
import type { AttachedFile } from "~/db/files";
import { hrefs } from "./hrefs";
import type { Refused } from "./refusal";

/** Files as cards show them. */
export function fileViews(base: string, files: readonly AttachedFile[]): FileView[] {
  return files.map(({ id, name, kind, size, hash, width, height }) => ({
    id,
    name,
    kind,
    size,
    href: hrefs.file(base, hash),
    ...(width && height ? { thumbnail: { src: hrefs.thumbnail(base, hash), width, height } } : {}),
  }));
}

/** What a composer shows of a prompt that came back, beside its text. */
export function givenBack(
  base: string,
  refused: (Omit<Refused, "problem"> & Partial<Pick<Refused, "problem">>) | undefined,
): Pick<ComposerView, "problem" | "kept" | "refusedFiles"> {
  if (!refused) return {};
  const { problem, files = [], refusedFiles = [] } = refused;
  const views = fileViews(base, files);
  const kept = views.map((view, at) => ({ ...view, characters: files[at]?.characters ?? 0 }));
  return { ...(problem ? { problem } : {}), kept, refusedFiles };
}
