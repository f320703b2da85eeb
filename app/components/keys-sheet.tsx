import { Button } from "./button";
import { popoverAt, popoverButton } from "./popover";

const SHEET_ID = "keys";

/** Implemented in app/browser/keys.ts. */
const KEYS: [key: string, meaning: string][] = [
  ["n", "New conversation"],
  ["s", "Search"],
  ["e", "Put the last prompt in other words"],
  ["j", "Next conversation in the list"],
  ["k", "Previous conversation in the list"],
  ["?", "Show these keys"],
  ["Esc", "Stop the answer"],
];

/** `hidden` until script, which the keys need, is known to run. */
export function KeysButton({ hidden }: { hidden: boolean }) {
  return (
    <button
      type="button"
      className="-mt-2 min-h-8 rounded-control px-2 text-start text-quiet hover:bg-hover hover:text-ink fingers:hidden"
      hidden={hidden}
      data-scripted
      {...popoverButton(SHEET_ID)}
    >
      Keyboard shortcuts
    </button>
  );
}

/** All keys, and a switch for single letters, which interfere with speech input. */
export function KeysSheet() {
  return (
    <div
      className="keys-sheet m-auto h-fit max-h-[calc(var(--screen)-2rem)] w-[min(26rem,100vw-2*var(--gutter))] flex-col items-start gap-4 overflow-y-auto rounded-surface border border-line bg-raised px-6 py-5 text-md text-ink shadow-menu focus-visible:outline-none"
      role="dialog"
      aria-labelledby="keys-title"
      tabIndex={-1}
      {...popoverAt(SHEET_ID)}
    >
      <h2 className="text-lg font-semibold" id="keys-title">
        Keyboard shortcuts
      </h2>
      <dl className="flex flex-col gap-1.5">
        {KEYS.map(([key, meaning]) => (
          <div className="flex items-baseline gap-4" key={key}>
            <dt className="w-12 flex-none">
              <kbd className="inline-block min-w-7 rounded-mark border border-edge px-1.5 py-px text-center">
                {key}
              </kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <label className="flex min-h-8 items-center gap-2.5">
        <input type="checkbox" id="keys-on" defaultChecked />
        Single keys work wherever one is not writing
      </label>
      <Button type="button" {...popoverButton(SHEET_ID, "hide")}>
        Close
      </Button>
    </div>
  );
}
