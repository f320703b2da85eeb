import {
  contextLoss,
  contextShare,
  contextUsage,
  MIN_SHOWN_TOKENS,
  PICTURE_TOKENS,
} from "~/shared/context-usage";
import { onPage } from "./page";

/** A Chinese, Japanese or Korean character is about one token. */
const WIDE = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/gu;
const WIDE_TOKENS = 0.7;

export function contextMeter(): void {
  document.addEventListener("input", countContext);
  onPage(countContext);
}

export function countContext(): void {
  const place = document.getElementById("context");
  const form = document.querySelector<HTMLFormElement>(".composer");
  const box = form?.querySelector<HTMLTextAreaElement>("textarea[name=prompt]");
  if (!place || !form || !box) return;
  const { tokens = "0", instructions = "0", model, of: contextSize, each = "0" } = place.dataset;
  const chosen = form.querySelector<HTMLSelectElement>("select[name=model]")?.value;
  const added = tokensOf(box.value, Number(each)) + tokensOfFiles(form, Number(each));
  const of = contextSize === undefined || chosen !== model ? undefined : Number(contextSize);
  const need = { tokens: Number(tokens) + added, alone: Number(instructions) + added, of };
  const share = contextShare(need.tokens, of);
  place.toggleAttribute("data-share", share !== undefined);
  if (share) place.dataset.share = share;
  place.hidden = need.tokens < MIN_SHOWN_TOKENS;
  const meter = place.querySelector("meter");
  if (meter) {
    meter.value = need.tokens;
    meter.hidden = of === undefined;
  }
  setText(place, ".context-words", contextUsage(need));
  setText(place, ".context-loss", contextLoss(need));
}

/** A screen reader reads every change, so equal text is not set again. */
function setText(place: HTMLElement, selector: string, text: string): void {
  const element = place.querySelector(selector);
  if (element && element.textContent !== text) element.textContent = text;
}

function tokensOf(text: string, each: number): number {
  const wide = text.match(WIDE)?.length ?? 0;
  return each * (text.length - wide) + Math.max(WIDE_TOKENS, each) * wide;
}

/** Without PDFs, whose size says nothing about their text. */
function tokensOfFiles(form: HTMLFormElement, each: number): number {
  const chosen = [...(form.querySelector<HTMLInputElement>("[type=file]")?.files ?? [])];
  const kept = [...form.querySelectorAll<HTMLInputElement>("[name=kept]:checked")];
  const costs = [
    ...chosen.map(({ type, size }) =>
      type.startsWith("image/") ? PICTURE_TOKENS : type === "application/pdf" ? 0 : each * size,
    ),
    ...kept.map(({ dataset: { kind, characters = "0" } }) =>
      kind === "picture" ? PICTURE_TOKENS : each * Number(characters),
    ),
  ];
  return costs.reduce((sum, cost) => sum + cost, 0);
}
