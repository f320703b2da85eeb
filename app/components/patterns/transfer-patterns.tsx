import { ImportReport, type ImportView } from "../import-report";
import { Transfer } from "../transfer";
import { Pattern } from "./pattern";

const LEFT_OUT = [
  { title: "Why the tides come twice a day", reason: "It is here already." },
  { title: "A knot for every purpose", reason: "Taken without 2 pictures." },
  { title: "ما هو المد والجزر؟", reason: "There is no message in it." },
];

const BROKEN = {
  code: "cut-off",
  sentence: "The file ends in the middle: it was not written or sent whole.",
  next: "Nothing was added.",
};

const REPORTS: ImportView[] = [
  {
    fileName: "conversations.json",
    state: "running",
    total: 1200,
    done: 480,
    added: 480,
    skipped: [],
  },
  { fileName: "chats.json", state: "finished", total: 1, done: 1, added: 1, skipped: [] },
  {
    fileName: "parley.zip",
    state: "finished",
    total: 5000,
    done: 5000,
    added: 3,
    skipped: LEFT_OUT,
  },
  { fileName: "export.zip", state: "failed", done: 0, added: 0, skipped: [], problem: BROKEN },
  { fileName: "export.zip", state: "interrupted", total: 90, done: 30, added: 30, skipped: [] },
];

/** What goes out and comes in, in every state. */
export function TransferPatterns() {
  return (
    <>
      <Pattern name="Import and export">
        <Transfer
          view={{
            everything: "#",
            action: "#",
            imports: [{ id: "i1", href: "#", fileName: "chats.json", state: "finished", at: 0 }],
            now: 0,
            problem: {
              code: "unknown-format",
              sentence: "The file is neither JSON nor a zip archive.",
              next: "Choose an export as it was downloaded.",
            },
          }}
        />
      </Pattern>
      <Pattern name="An import">
        {REPORTS.map((view, index) => (
          <ImportReport
            // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes.
            key={index}
            view={view}
            list="#"
            again="#"
          />
        ))}
      </Pattern>
    </>
  );
}
