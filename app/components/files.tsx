import { fileSize } from "~/shared/file-size";

/** A file of a prompt. */
export interface FileView {
  /** Of the attachment. */
  id: string;
  name: string;
  kind: "picture" | "text" | "pdf";
  /** In bytes. */
  size: number;
  href: string;
  /** Of the text that a host is told, where the file is one that came back. */
  characters?: number;
  /** Of a picture, with what it measures in pixels. */
  thumbnail?: { src: string; width: number; height: number };
}

/** The files of a prompt: pictures as thumbnails, the rest as cards; each is a link that saves it. */
export function Files({ files }: { files: FileView[] }) {
  return (
    <ul className="files">
      {files.map((file) => (
        <li key={file.id}>
          {/* A download is nothing that a page could be morphed into. */}
          <a className={file.thumbnail ? "picture" : "file"} href={file.href} download={file.name}>
            <FileFace file={file} />
          </a>
        </li>
      ))}
    </ul>
  );
}

/** Files that came with a refused prompt: ticked, they go with the next try. */
export function KeptFiles({ files, id }: { files: FileView[]; id: string }) {
  return (
    <fieldset className="kept-files">
      <legend className="sr-only">Files that go with it</legend>
      {files.map((file) => (
        <label key={file.id} className="file" htmlFor={`${id}-${file.id}`}>
          <input
            type="checkbox"
            id={`${id}-${file.id}`}
            name="kept"
            value={file.id}
            defaultChecked
            data-kind={file.kind}
            data-characters={file.characters}
          />
          {file.thumbnail ? <img className="tiny" {...pictureOf(file)} alt="" /> : null}
          <FileWords file={file} />
        </label>
      ))}
    </fieldset>
  );
}

function FileFace({ file }: { file: FileView }) {
  if (!file.thumbnail) return <FileWords file={file} />;
  return <img {...pictureOf(file)} alt={`${file.name}, ${fileSize(file.size)}`} loading="lazy" />;
}

function FileWords({ file }: { file: FileView }) {
  return (
    <span className="file-words">
      <span className="file-name" dir="auto">
        {file.name}
      </span>
      <span className="file-kind">
        {kindOf(file)}, {fileSize(file.size)}
      </span>
    </span>
  );
}

/** A text is known by its ending, which is short for most languages. */
function kindOf({ kind, name }: FileView): string {
  if (kind === "picture") return "Picture";
  const ending = /\.(\w{1,5})$/.exec(name)?.[1];
  return kind === "pdf" || !ending ? { pdf: "PDF", text: "Text" }[kind] : ending.toUpperCase();
}

/** The place that the picture takes is known before it comes, so nothing jumps. */
function pictureOf({ thumbnail }: FileView) {
  return { src: thumbnail?.src, width: thumbnail?.width, height: thumbnail?.height };
}
