import { onLiveEvent, onPage } from "./pages";

/** Who is nearer to the end than this is reading along. */
const NEAR_PX = 100;

/** The page follows the text while one is near its end, and never pulls anybody down who has scrolled up. */
export function follow(): void {
  const page = document.scrollingElement ?? document.documentElement;
  let near = true;
  const toEnd = () => page.scrollTo({ top: page.scrollHeight, behavior: "instant" });
  document.addEventListener(
    "scroll",
    () => {
      near = page.scrollHeight - page.scrollTop - page.clientHeight < NEAR_PX;
    },
    { passive: true },
  );
  let before: Place | undefined;
  onPage(() => {
    const now = placeShown();
    if (!before) {
      if (now.live) toEnd();
    } else if (now.path !== before.path) {
      // A conversation begins at its end: that is what one came for. A link to a message goes on from there.
      if (now.last) toEnd();
      else page.scrollTo({ top: 0, behavior: "instant" });
    } else if (now.last !== before.last || (now.live && !before.live) || (before.live && near)) {
      toEnd();
    }
    before = now;
  });
  onLiveEvent(() => {
    if (near) toEnd();
  });
}

interface Place {
  path: string;
  /** The id of the newest message. */
  last: string | undefined;
  live: boolean;
}

function placeShown(): Place {
  const messages = [...document.querySelectorAll(".messages > .message")];
  const last = messages.at(-1);
  const live = last?.classList.contains("live") ?? false;
  return { path: location.pathname, last: last?.id, live };
}
