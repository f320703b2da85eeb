import { popoverAt, popoverButton } from "./popover";

const SHEET_ID = "keys";

/** What app/browser/keys.ts does with keys. */
const KEYS: [key: string, meaning: string][] = [
  ["n", "New conversation"],
  ["s", "Search"],
  ["e", "Put the last prompt in other words"],
  ["j", "Next conversation in the list"],
  ["k", "Previous conversation in the list"],
  ["?", "Show these keys"],
  ["Esc", "Stop the answer"],
];

/** The keys work with script only, so the script makes this visible, unless it is known to run. */
export function KeysButton({ hidden }: { hidden: boolean }) {
  return (
    <button
      type="button"
      className="keys-button"
      hidden={hidden}
      data-scripted
      {...popoverButton(SHEET_ID)}
    >
      Keyboard shortcuts
    </button>
  );
}

/** All keys, and the way to switch those off that are a single letter: some speak to their computer. */
export function KeysSheet() {
  return (
    <div
      className="keys-sheet"
      role="dialog"
      aria-labelledby="keys-title"
      tabIndex={-1}
      {...popoverAt(SHEET_ID)}
    >
      <h2 id="keys-title">Keyboard shortcuts</h2>
      <dl>
        {KEYS.map(([key, meaning]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <label className="keys-choice">
        <input type="checkbox" id="keys-on" defaultChecked />
        Single keys work wherever one is not writing
      </label>
      <button type="button" className="button" {...popoverButton(SHEET_ID, "hide")}>
        Close
      </button>
    </div>
  );
}
