import { makeButton, onLiveEvent, onPage } from "./page";

const COPIED_MS = 1_500;

export function copyButtons(): void {
  const add = () => {
    for (const caption of document.querySelectorAll("figure.code > figcaption:not(:has(.copy))")) {
      caption.append(button(() => caption.parentElement?.querySelector("pre")?.textContent));
    }
    for (const actions of document.querySelectorAll(".foot .actions:not(:has(.copy))")) {
      if (answerText(actions)) actions.prepend(button(() => answerText(actions)));
    }
  };
  onPage(add);
  onLiveEvent(add);
}

function answerText(actions: Element): string {
  const blocks =
    actions.closest(".body")?.querySelectorAll<HTMLElement>(".answer > .closed-block") ?? [];
  return [...blocks].map(blockText).join("\n\n");
}

function blockText(block: HTMLElement): string {
  const code = block.querySelector(":scope > figure.code");
  const language = code?.querySelector("figcaption")?.firstChild?.textContent ?? "";
  // biome-ignore lint/performance/useDomNodeTextContent: lists and tables read as lines only by their layout.
  if (!code) return block.innerText.trim();
  return `\`\`\`${language}\n${code.querySelector("pre")?.textContent ?? ""}\`\`\``;
}

function button(text: () => string | null | undefined): HTMLButtonElement {
  return makeButton("copy quiet", "Copy", async (made) => {
    made.textContent = (await copied(text() ?? "")) ? "Copied" : "Press Ctrl+C";
    setTimeout(() => {
      made.textContent = "Copy";
    }, COPIED_MS);
  });
}

/** Browsers offer no clipboard over plain HTTP from another machine. */
async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
