import { say } from "./announcements";
import { onPage } from "./pages";

/** Tells those who listen to the page when an answer begins and how it ended: once each, and not each word. */
export function announce(): void {
  let writing: string | undefined;
  let newest: string | undefined;
  let asked = false;
  document.addEventListener("submit", ({ target }) => {
    asked ||= (target as Element).matches(".composer, .answer-action");
  });
  onPage(() => {
    const live = document.querySelector(".message.live")?.id;
    const last = [...document.querySelectorAll(".message.assistant")].at(-1)?.id;
    // An answer can be there before the page that was to show it growing.
    const over = writing ?? (asked && last !== newest ? last : undefined);
    const sentences = [
      over === live ? undefined : endOf(over),
      live === undefined || live === writing ? undefined : "The answer is being written.",
    ].filter(Boolean);
    if (last !== newest) asked = false;
    writing = live;
    newest = last;
    if (sentences.length > 0) say(sentences.join(" "), true);
  });
}

/** How an answer ended that the page shows. */
function endOf(id: string | undefined): string | undefined {
  const message = id === undefined ? null : document.getElementById(id);
  return message?.querySelector<HTMLElement>(".foot")?.dataset.end;
}
