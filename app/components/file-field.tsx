const ACCEPTED = [
  "image/png,image/jpeg,image/webp,application/pdf,text/*",
  ".md,.csv,.tsv,.json,.xml,.yaml,.yml,.toml,.ini,.log,.tex,.diff,.patch,.sql,.sh",
  ".js,.jsx,.ts,.tsx,.py,.rb,.rs,.go,.java,.kt,.c,.h,.cpp,.cs,.swift,.php,.html,.css",
].join();

/** Where files are chosen: the browser's own field, which with script becomes a button and a list. */
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
