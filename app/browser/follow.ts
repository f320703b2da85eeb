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
  // A page with a live answer begins at its end: that is what one came for.
  let live: string | undefined;
  onPage(() => {
    const id = document.querySelector(".message.live")?.id;
    if (id && id !== live) toEnd();
    else if (live && near) toEnd();
    live = id;
  });
  onLiveEvent(() => {
    if (near) toEnd();
  });
}
