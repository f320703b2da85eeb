import { PDF_CHARACTERS, PDF_MEMORY_BYTES, PDF_MS, PDF_PAGES } from "~/limits";

/** What the process that reads a PDF says on its output, as JSON. */
export type PdfReading =
  | { text: string }
  | { fault: "broken" | "locked" | "no-text" | "too-many-pages" | "too-much-text" };

/** The argument that makes Parley read a PDF from its input instead of serving; its own process id follows. */
export const READ_PDF = "read-pdf";

/**
 * Ends the process at once when it takes too much memory or time, or when the Parley that started it is gone: the
 * thread that reads the PDF cannot look.
 */
export const watch = (parent: number) => `setInterval(() => {
  const tooMuch = process.memoryUsage.rss() > ${PDF_MEMORY_BYTES} || performance.now() > ${PDF_MS};
  if (tooMuch || process.ppid !== ${parent}) process.kill(process.pid, "SIGKILL");
}, 50);`;

/** Reads a PDF from the input and says on the output what its text is; the process then ends. */
export async function tellPdfText(parent: number): Promise<void> {
  const watcher = new Worker(URL.createObjectURL(new Blob([watch(parent)])));
  const reading = await pdfText(await Bun.stdin.bytes());
  watcher.terminate();
  process.stdout.write(JSON.stringify(reading));
}

/**
 * The text of a PDF, page by page. Scripts in it never run, and nothing is drawn. Meant for a process of its
 * own: a hostile file can keep it busy for ever.
 */
export async function pdfText(bytes: Uint8Array): Promise<PdfReading> {
  // Large, and needed for PDFs alone: it must not cost the start of a server.
  const { getDocumentProxy } = await import("unpdf");
  try {
    // What the library warns of belongs into nobody's log.
    const options = { isEvalSupported: false, disableFontFace: true, verbosity: 0 };
    const pdf = await getDocumentProxy(bytes, options);
    if (pdf.numPages > PDF_PAGES) return { fault: "too-many-pages" };
    const pages: string[] = [];
    let characters = 0;
    for (let number = 1; number <= pdf.numPages; number++) {
      const page = await pdf.getPage(number);
      const { items } = await page.getTextContent();
      const text = items
        .map((item) => ("str" in item ? item.str + (item.hasEOL ? "\n" : "") : ""))
        .join("")
        .trim();
      characters += text.length;
      if (characters > PDF_CHARACTERS) return { fault: "too-much-text" };
      pages.push(text);
      page.cleanup();
    }
    if (characters === 0) return { fault: "no-text" };
    return { text: pages.map((text, index) => `[Page ${index + 1}]\n${text}`).join("\n\n") };
  } catch (error) {
    const locked = error instanceof Error && error.name === "PasswordException";
    return { fault: locked ? "locked" : "broken" };
  }
}
