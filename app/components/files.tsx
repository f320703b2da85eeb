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

/** The files of a prompt as links that save them: pictures as thumbnails, the rest as cards. */
export function Files({ files }: { files: FileView[] }) {
  return (
    <ul className="files">
      {files.map((file) => (
        <li key={file.id}>
          <a className={file.thumbnail ? "picture" : "file"} href={file.href} download={file.name}>
            <FileFace file={file} />
          </a>
        </li>
      ))}
    </ul>
  );
}

/** Files of a refused prompt: ticked, they are sent with the next try. */
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

function kindOf({ kind, name }: FileView): string {
  if (kind === "picture") return "Picture";
  const ending = /\.(\w{1,5})$/.exec(name)?.[1];
  return kind === "pdf" || !ending ? { pdf: "PDF", text: "Text" }[kind] : ending.toUpperCase();
}

/** With its size known, the page does not jump when the picture arrives. */
function pictureOf({ thumbnail }: FileView) {
  return { src: thumbnail?.src, width: thumbnail?.width, height: thumbnail?.height };
}

const ACCEPTED = [
  "image/png,image/jpeg,image/webp,application/pdf,text/*",
  ".md,.csv,.tsv,.json,.xml,.yaml,.yml,.toml,.ini,.log,.tex,.diff,.patch,.sql,.sh",
  ".js,.jsx,.ts,.tsx,.py,.rb,.rs,.go,.java,.kt,.c,.h,.cpp,.cs,.swift,.php,.html,.css",
].join();

/** The browser's own field; with script it becomes a button and a list. */
export function FileField({ id }: { id: string }) {
  return (
    <span className="file-field">
      <label className="sr-only" htmlFor={`${id}-files`}>
        Files
      </label>
      <span className="file-word" aria-hidden="true">
        + File
      </span>
      <input id={`${id}-files`} type="file" name="files" multiple accept={ACCEPTED} />
    </span>
  );
}
