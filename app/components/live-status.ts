import type { Problem } from "~/errors";
import type { LiveStatus } from "~/generation/live-answer";

export type AnswerEnd = "finished" | "length" | "stopped" | "failed" | "interrupted" | "live";

const ORDINALS = ["First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth"];

/** The state of a generation as a sentence. */
export function statusSentence(status: LiveStatus) {
  switch (status.state) {
    case "queued":
      return `${ordinal(status.place)} in the queue${status.busy ? ": Ollama is busy" : ""}`;
    case "loading":
      return `Loading ${status.model}${since(status.seconds)}`;
    case "asked":
      return `Waiting for ${status.model}${since(status.seconds)}`;
    case "thinking":
      return "Thinking";
    case "writing":
      return "Writing";
  }
}

/** Shown while saving fails. */
export function unsavedSentence(reason: string): string {
  return `Not saved yet: ${reason}.`;
}

/** Announced to screen readers when an answer begins. */
export const BEGUN_SENTENCE = "The answer is being written.";

/** Announced to screen readers when an answer ends. */
export function endSentence({ end, problem }: { end: AnswerEnd; problem?: Problem }): string {
  switch (end) {
    case "failed":
      return `The answer failed. ${problem?.sentence ?? ""}`.trim();
    case "stopped":
      return "The answer was stopped.";
    case "interrupted":
      return "The answer was interrupted.";
    case "length":
      return "The answer was cut at the length limit.";
    case "live":
      return BEGUN_SENTENCE;
    case "finished":
      return "The answer is finished.";
  }
}

function ordinal(place: number) {
  return ORDINALS[place - 1] ?? `Number ${place}`;
}

function since(seconds: number) {
  return seconds >= 1 ? `, ${Math.floor(seconds)} s` : "";
}
