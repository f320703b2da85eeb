import { PDF_CHARACTERS, PDF_MEMORY_BYTES, PDF_MS, PDF_PAGES } from "~/limits";

/** The output of the process that reads a PDF, as JSON. */
export type PdfReading =
  | { text: string }
  | { fault: "broken" | "locked" | "no-text" | "too-many-pages" | "too-much-text" };

/** The argument that makes Parley read a PDF from stdin instead of serving, followed by its parent's process id. */
export const READ_PDF = "read-pdf";

/**
 * Code for a worker that ends the process if it takes too much memory or time, or if its parent is gone; the main
 * thread is busy with the PDF.
 */
export const watch = (parent: number) => `setInterval(() => {
  const tooMuch = process.memoryUsage.rss() > ${PDF_MEMORY_BYTES} || performance.now() > ${PDF_MS};
  if (tooMuch || process.ppid !== ${parent}) process.kill(process.pid, "SIGKILL");
}, 50);`;

/** Reads a PDF from stdin and writes its text to stdout. */
export async function tellPdfText(parent: number): Promise<void> {
  const watcher = new Worker(URL.createObjectURL(new Blob([watch(parent)])));
  const reading = await pdfText(await Bun.stdin.bytes());
  watcher.terminate();
  process.stdout.write(JSON.stringify(reading));
}

/**
 * The text of a PDF, page by page, without running its scripts or drawing. Run it in a process of its own: a hostile
 * file can keep it busy for ever.
 */
export async function pdfText(bytes: Uint8Array): Promise<PdfReading> {
  // Large, and needed for PDFs only.
  const { getDocumentProxy } = await import("unpdf");
  try {
    // The library's warnings do not belong in the log.
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
