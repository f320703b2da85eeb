import { fileSize } from "~/shared/numbers";

export interface FileView {
  id: string;
  name: string;
  kind: "picture" | "text" | "pdf";
  /** In bytes. */
  size: number;
  href: string;
  /** Length of the extracted text; present for files of a refused prompt. */
  characters?: number;
  /** Of a picture; sizes in pixels. */
  thumbnail?: { src: string; width: number; height: number };
}

const CARD_LOOK =
  "file flex min-h-11 max-w-80 items-center gap-2.5 rounded-surface border border-line bg-raised px-3 py-1.5 text-sm leading-[1.35] text-ink";
const PICTURE_LOOK =
  "h-auto max-h-48 w-auto max-w-[min(100%,20rem)] rounded-surface border border-line";

/** Download links: thumbnails for pictures, cards for the rest. */
export function Files({ files, atEnd }: { files: FileView[]; atEnd: boolean }) {
  return (
    <ul className={`files flex flex-wrap gap-2 ${atEnd ? "mb-2 justify-end" : ""}`.trim()}>
      {files.map((file) => (
        <li key={file.id}>
          <a
            className={file.thumbnail ? "picture" : `${CARD_LOOK} hover:border-edge`}
            href={file.href}
            download={file.name}
          >
            <FileContent file={file} />
          </a>
        </li>
      ))}
    </ul>
  );
}

/** Files of a refused prompt; the ticked ones are sent with the next try. */
export function KeptFiles({ files, id }: { files: FileView[]; id: string }) {
  return (
    <fieldset className="flex flex-wrap gap-2 px-3 pt-3">
      <legend className="sr-only">Files that go with it</legend>
      {files.map((file) => (
        <label key={file.id} className={CARD_LOOK} htmlFor={`${id}-${file.id}`}>
          <input
            className="h-4 w-4 flex-none"
            type="checkbox"
            id={`${id}-${file.id}`}
            name="kept"
            value={file.id}
            defaultChecked
            data-kind={file.kind}
            data-characters={file.characters}
          />
          {file.thumbnail ? (
            <img
              className="h-9 w-9 flex-none rounded-control object-cover"
              {...thumbnailAttributes(file)}
              alt=""
            />
          ) : null}
          <FileLabel file={file} />
        </label>
      ))}
    </fieldset>
  );
}

function FileContent({ file }: { file: FileView }) {
  if (!file.thumbnail) return <FileLabel file={file} />;
  return (
    <img
      className={PICTURE_LOOK}
      {...thumbnailAttributes(file)}
      alt={`${file.name}, ${fileSize(file.size)}`}
      loading="lazy"
    />
  );
}

function FileLabel({ file }: { file: FileView }) {
  return (
    <span className="flex min-w-0 flex-col">
      <span className="truncate" dir="auto">
        {file.name}
      </span>
      <span className="text-xs text-quiet">
        {kindLabel(file)}, {fileSize(file.size)}
      </span>
    </span>
  );
}

function kindLabel({ kind, name }: FileView): string {
  if (kind === "picture") return "Picture";
  const ending = /\.(\w{1,5})$/.exec(name)?.[1];
  return kind === "pdf" || !ending ? { pdf: "PDF", text: "Text" }[kind] : ending.toUpperCase();
}

/** With its size the page does not jump when the picture loads. */
function thumbnailAttributes({ thumbnail }: FileView) {
  return { src: thumbnail?.src, width: thumbnail?.width, height: thumbnail?.height };
}

const ACCEPTED = [
  "image/png,image/jpeg,image/webp,application/pdf,text/*",
  ".md,.csv,.tsv,.json,.xml,.yaml,.yml,.toml,.ini,.log,.tex,.diff,.patch,.sql,.sh",
  ".js,.jsx,.ts,.tsx,.py,.rb,.rs,.go,.java,.kt,.c,.h,.cpp,.cs,.swift,.php,.html,.css",
].join();

/** The browser's file field; with script it becomes a button and a list. */
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
