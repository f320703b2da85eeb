import type { LiveStatus } from "~/generation/live-answer";
import { statusSentence } from "./live-status";

/** Above the first word: where the generation stands. While it writes the caret says so, and this is empty. */
export function StatusLine({ id, status }: { id?: string; status: LiveStatus }) {
  return (
    <p className="status" id={id}>
      {status.state === "writing" ? null : statusSentence(status)}
    </p>
  );
}
