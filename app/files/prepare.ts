import type { NewFile } from "~/db/files";
import { FILE_BYTES } from "~/limits";
import { cleanName } from "./name";
import type { PdfReader } from "./pdf";
import { preparePicture } from "./picture";
import { recognise } from "./recognise";
import { FileRefusal } from "./refusal";

/**
 * An attached file for storing. The hash is that of the stored bytes, which for a picture are not those that came.
 * Throws a FileRefusal if the file is not accepted.
 */
export async function prepareFile(file: File, readPdf: PdfReader): Promise<NewFile> {
  const name = cleanName(file.name);
  if (file.size > FILE_BYTES) {
    throw new FileRefusal(
      `${name} is larger than ${FILE_BYTES / 1024 / 1024} MiB.`,
      "Choose a smaller one, or a part of it.",
    );
  }
  const came = new Uint8Array(await file.arrayBuffer());
  const found = recognise(name, came);
  if (found.kind === "picture") {
    return kept(name, "picture", await preparePicture(name, came, found.format));
  }
  if (found.kind === "pdf") {
    // A copy, since the reader may change or detach its bytes.
    const text = await readPdf(name, came);
    return kept(name, "pdf", { bytes: came, mediaType: "application/pdf", text });
  }
  const { text, charset } = found;
  return kept(name, "text", { bytes: came, mediaType: `text/plain; charset=${charset}`, text });
}

type Content = Pick<NewFile, "mediaType"> &
  Partial<Pick<NewFile, "width" | "height" | "text">> & {
    bytes: Uint8Array;
    thumbnail?: Uint8Array;
  };

function kept(
  name: string,
  kind: NewFile["kind"],
  { bytes, thumbnail, ...rest }: Content,
): NewFile {
  return {
    name,
    kind,
    hash: new Bun.CryptoHasher("sha256").update(bytes).digest("hex"),
    bytes: Buffer.from(bytes),
    size: bytes.length,
    width: null,
    height: null,
    text: null,
    ...rest,
    thumbnail: thumbnail ? Buffer.from(thumbnail) : null,
  };
}
