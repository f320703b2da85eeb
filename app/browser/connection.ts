import { say, unsay } from "./announcements";
import { onLiveEvent, onPage } from "./pages";

/** Soon enough for a person, rare enough for a server that is being started. */
const AGAIN_MS = 2_000;

const LOST = "The connection is lost. The page goes on by itself when it is back.";

/** Says so where a request does not reach Parley: without a word the page would only stand still. */
export function connection(): void {
  document.addEventListener("htmx:error", ({ target }) => {
    // It asks again soon, and the person has not asked for anything.
    if (target instanceof Element && target.matches(".again")) return;
    if (target instanceof Element && target.matches("[hx-trigger^=done]")) {
      say("Parley does not answer. The page goes on by itself when it does.");
      setTimeout(refreshLive, AGAIN_MS);
    } else if (target instanceof Element && target.matches("[hx-sse\\:connect]")) {
      // A stream that never began is not begun again by the extension.
      say(LOST);
      setTimeout(refreshLive, AGAIN_MS);
    } else {
      say("Parley does not answer. What you wrote is kept: try again.");
    }
  });
  document.addEventListener("htmx:sse:error", () => {
    say(LOST);
  });
  onPage(unsay);
  onLiveEvent(unsay);
}

/** The page of the answer could not be had, or followed: what asks for it at the end asks now. */
function refreshLive(): void {
  document.querySelector(".message.live")?.dispatchEvent(new Event("done"));
}
