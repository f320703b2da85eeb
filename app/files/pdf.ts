import { join } from "node:path";
import { PDF_CHARACTERS, PDF_MEMORY_BYTES, PDF_MS, PDF_PAGES } from "~/limits";
import { serialQueue } from "~/shared/promises";
import { FileRefusal } from "./refusal";

/** Reads the text of a PDF; throws FileRefusal if it cannot. */
export type PdfReader = (name: string, bytes: Uint8Array) => Promise<string>;

type Fault = Extract<PdfReading, { fault: string }>["fault"] | "too-much";

const FAULTS: Record<Fault, [sentence: string, next: string]> = {
  broken: ["cannot be read as a PDF", "Save or download it again, then choose it again."],
  locked: ["is locked with a password", "Save it without one, then choose that."],
  "no-text": [
    "has no text: its pages are pictures",
    "Choose pictures of the pages, for a model that sees, or a PDF with text.",
  ],
  "too-many-pages": [
    `has more than ${PDF_PAGES.toLocaleString("en")} pages`,
    "Choose a part of it.",
  ],
  "too-much-text": [
    `has more than ${PDF_CHARACTERS.toLocaleString("en")} characters of text`,
    "Choose a part of it.",
  ],
  "too-much": ["takes too much time or memory to read", "Choose a part of it."],
};

/** Reads PDFs one at a time, each in its own process with limited time and memory; `folder` as in ServerContext. */
export function pdfReader(folder: string): PdfReader {
  const oneAtATime = serialQueue();
  const command = ownCommand(folder);
  return async (name, bytes) => {
    const reading = await oneAtATime(() => readIn(command, bytes));
    if ("text" in reading) return reading.text;
    const [sentence, next] = FAULTS[reading.fault];
    throw new FileRefusal(`${name} ${sentence}.`, next);
  };
}

async function readIn(
  command: string[],
  bytes: Uint8Array,
): Promise<PdfReading | { fault: "too-much" }> {
  const reader = Bun.spawn([...command, READ_PDF, String(process.pid)], {
    stdin: bytes,
    stdout: "pipe",
    stderr: "ignore",
    // The environment may hold secrets of the server.
    env: process.env.SystemRoot ? { SystemRoot: process.env.SystemRoot } : {},
    timeout: PDF_MS,
    killSignal: "SIGKILL",
  });
  const output = await new Response(reader.stdout).text();
  const code = await reader.exited;
  // Written by writePdfText.
  if (code === 0 && output) return JSON.parse(output) as PdfReading;
  return { fault: reader.signalCode === "SIGKILL" ? "too-much" : "broken" };
}

function ownCommand(folder: string): string[] {
  const executable = /^([\\/]\$bunfs|[A-Z]:[\\/]~BUN)/.test(folder);
  return executable ? [process.execPath] : [process.execPath, join(folder, "../parley.js")];
}

export type PdfReading =
  | { text: string }
  | { fault: "broken" | "locked" | "no-text" | "too-many-pages" | "too-much-text" };

/** The argument to read a PDF from stdin instead of serving; the parent's process id follows it. */
export const READ_PDF = "read-pdf";

/** Code of a worker that kills the process if it exceeds its memory or time, or if its parent has ended. */
export const watchdog = (parent: number) => `setInterval(() => {
  const tooMuch = process.memoryUsage.rss() > ${PDF_MEMORY_BYTES} || performance.now() > ${PDF_MS};
  if (tooMuch || process.ppid !== ${parent}) process.kill(process.pid, "SIGKILL");
}, 50);`;

/** Reads a PDF from stdin and writes its text to stdout. */
export async function writePdfText(parent: number): Promise<void> {
  const watcher = new Worker(URL.createObjectURL(new Blob([watchdog(parent)])));
  const reading = await pdfText(await Bun.stdin.bytes());
  watcher.terminate();
  process.stdout.write(JSON.stringify(reading));
}

/** The text of a PDF with page numbers, without running its scripts. Hostile files may never finish: use a separate process. */
export async function pdfText(bytes: Uint8Array): Promise<PdfReading> {
  const { getDocumentProxy } = await import("unpdf");
  try {
    const options = { isEvalSupported: false, disableFontFace: true, verbosity: 0 }; // no warnings on stderr
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
