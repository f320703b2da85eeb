import type { LiveStatus } from "./views";

const ORDINALS = ["First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth"];

/** The true state of a generation as a sentence. */
export function statusSentence(status: LiveStatus) {
  switch (status.state) {
    case "queued":
      return `${ordinal(status.place)} in the queue`;
    case "loading":
      return `Loading ${status.model}${since(status.seconds)}`;
    case "waiting":
      return `Waiting for ${status.model}${since(status.seconds)}`;
    case "thinking":
      return "Thinking";
    case "writing":
      return "Writing";
  }
}

function ordinal(place: number) {
  return ORDINALS[place - 1] ?? `Number ${place}`;
}

function since(seconds: number) {
  return seconds >= 1 ? `, ${Math.floor(seconds)} s` : "";
}
