import { onLiveEvent, onPage, onSubmit } from "./page";
import { isAutoRefresh } from "./requests";

const RETRY_MS = 2_000;

const LOST = "The connection is lost. The page goes on by itself when it is back.";

/** Tells screen readers once when an answer begins and once how it ended. */
export function announceAnswers(): void {
  let writing: string | undefined;
  let newest: string | undefined;
  let requested = false;
  onSubmit((form) => {
    requested ||= form.matches(".composer, .answer-action");
  });
  onPage(() => {
    const live = document.querySelector(".message.live")?.id;
    const last = [...document.querySelectorAll(".message.assistant")].at(-1)?.id;
    // A short answer can be complete before a page has shown it growing.
    const ended = writing ?? (requested && last !== newest ? last : undefined);
    const sentences = [
      ended === live ? undefined : endSentenceOf(ended),
      live === undefined || live === writing ? undefined : "The answer is being written.",
    ].filter(Boolean);
    if (last !== newest) requested = false;
    writing = live;
    newest = last;
    if (sentences.length > 0) announce(sentences.join(" "), false);
  });
}

function endSentenceOf(id: string | undefined): string | undefined {
  const message = id === undefined ? null : document.getElementById(id);
  return message?.querySelector<HTMLElement>(".foot")?.dataset.end;
}

export function announceConnection(): void {
  document.addEventListener("htmx:error", ({ target }) => {
    if (isAutoRefresh(target)) return;
    if (target instanceof Element && target.matches("[hx-trigger^=done]")) {
      announce("Parley does not answer. The page goes on by itself when it does.");
      setTimeout(refreshLivePage, RETRY_MS);
    } else if (target instanceof Element && target.matches("[hx-sse\\:connect]")) {
      // The extension does not retry a stream that never began.
      announce(LOST);
      setTimeout(refreshLivePage, RETRY_MS);
    } else {
      announce("Parley does not answer. What you wrote is kept: try again.");
    }
  });
  document.addEventListener("htmx:sse:error", () => announce(LOST));
  onPage(clearVisible);
  onLiveEvent(clearVisible);
}

function refreshLivePage(): void {
  document.querySelector(".message.live")?.dispatchEvent(new Event("done"));
}

/** If not `visible`, for screen readers only. */
function announce(sentence: string, visible = true): void {
  const place = document.getElementById("announcements");
  if (!place) return;
  place.toggleAttribute("data-unseen", !visible);
  if (place.textContent !== sentence) place.textContent = sentence;
}

function clearVisible(): void {
  if (!document.querySelector("#announcements[data-unseen]")) announce("");
}
