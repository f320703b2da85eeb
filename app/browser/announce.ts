import { say } from "./announcements";
import { onPage } from "./pages";

/** Tells those who listen to the page when an answer begins and how it ended: once each, and not each word. */
export function announce(): void {
  let writing: string | undefined;
  onPage(() => {
    const live = document.querySelector(".message.live")?.id;
    if (live === writing) return;
    const sentences = [endOf(writing), live && "The answer is being written."].filter(Boolean);
    writing = live;
    if (sentences.length > 0) say(sentences.join(" "), true);
  });
}

/** How the answer ended that was being written, where the page still shows it. */
function endOf(id: string | undefined): string | undefined {
  const message = id === undefined ? null : document.getElementById(id);
  return message?.querySelector<HTMLElement>(".foot")?.dataset.end;
}
