import type { NewFile } from "~/db/files";
import { FILE_BYTES } from "~/limits";
import { cleanName } from "./name";
import type { PdfReader } from "./pdf";
import { preparePicture } from "./picture";
import { recognise } from "./recognise";
import { FileRefusal } from "./refusal";

/**
 * A file that came with a form, as it is kept. The hash is that of the bytes that are kept, which for a
 * picture are not those that came. Throws a FileRefusal that says why it is not taken.
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
    // The reader is given a copy: what it does with its own is its affair.
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
