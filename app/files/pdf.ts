import { join } from "node:path";
import { PDF_CHARACTERS, PDF_MS, PDF_PAGES } from "~/limits";
import { serialQueue } from "~/shared/serial";
import { type PdfReading, READ_PDF } from "./pdf-text";
import { FileRefusal } from "./refusal";

/** The text of a PDF; throws a FileRefusal if there is none. */
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

/**
 * Reads PDFs in processes of their own, one at a time, so that one which never ends or takes all memory does no harm.
 * `folder` is the one of Surroundings.
 */
export function pdfReader(folder: string): PdfReader {
  const alone = serialQueue();
  const command = ownCommand(folder);
  return async (name, bytes) => {
    const reading = await alone(() => readIn(command, bytes));
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
  const said = await new Response(reader.stdout).text();
  const code = await reader.exited;
  if (code === 0 && said) return JSON.parse(said) as PdfReading;
  return { fault: reader.signalCode === "SIGKILL" ? "too-much" : "broken" };
}

/** The command of this program: the executable itself, or Bun with its script. */
function ownCommand(folder: string): string[] {
  const executable = /^([\\/]\$bunfs|[A-Z]:[\\/]~BUN)/.test(folder);
  return executable ? [process.execPath] : [process.execPath, join(folder, "../parley.js")];
}
