import type { FileView } from "~/components/files";
import type { AttachedFile } from "~/db/files";
import { ParleyError } from "~/errors";
import type { Hrefs } from "./hrefs";

export function fileViews(hrefs: Hrefs, files: readonly AttachedFile[]): FileView[] {
  return files.map(({ id, name, kind, size, hash, width, height }) => ({
    id,
    name,
    kind,
    size,
    href: hrefs.file(hash),
    thumbnail: width && height ? { src: hrefs.thumbnail(hash), width, height } : undefined,
  }));
}

/** Throws the same ParleyError for a missing file and for another owner's. */
export function foundFile<T>(file: T | undefined): T {
  if (file !== undefined) return file;
  throw new ParleyError("file-unknown", "There is no such file.", {
    kind: "unknown",
    next: "It went with the last message that it belonged to.",
  });
}
