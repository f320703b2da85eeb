import { onLiveEvent, onPage } from "./pages";

/** Says so where a request does not reach Parley: without a word the page would only stand still. */
export function connection(): void {
  document.addEventListener("htmx:error", () => {
    say("Parley does not answer. What you wrote is kept: try again.");
  });
  document.addEventListener("htmx:sse:error", () => {
    say("The connection is lost. The page goes on by itself when it is back.");
  });
  onPage(() => say(""));
  onLiveEvent(() => say(""));
}

function say(sentence: string): void {
  const place = document.getElementById("announcements");
  if (place && place.textContent !== sentence) place.textContent = sentence;
}
