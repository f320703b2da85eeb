import { contextShare, contextWords, LEAST_CONTEXT } from "~/context-words";
import { onPage } from "./pages";

/** Letters of Chinese, Japanese and Korean cost a token or nearly so. */
const WIDE = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/gu;
const WIDE_TOKENS = 0.7;

/** Counts what is being typed along with the estimate of how full the context is. */
export function context(): void {
  document.addEventListener("input", show);
  onPage(show);
}

function show(): void {
  const place = document.getElementById("context");
  const box = document.querySelector<HTMLTextAreaElement>(".composer textarea[name=prompt]");
  if (!place || !box) return;
  const { tokens = "0", of, each = "0" } = place.dataset;
  const wide = box.value.match(WIDE)?.length ?? 0;
  const perWide = Math.max(WIDE_TOKENS, Number(each));
  const typed = Number(each) * (box.value.length - wide) + perWide * wide;
  const all = Number(tokens) + typed;
  const most = of === undefined ? undefined : Number(of);
  const share = contextShare(all, most);
  place.toggleAttribute("data-share", share !== undefined);
  if (share) place.dataset.share = share;
  place.hidden = all < LEAST_CONTEXT;
  const meter = place.querySelector("meter");
  if (meter) meter.value = all;
  const words = place.querySelector(".context-words");
  if (words) words.textContent = contextWords(all, most);
}
