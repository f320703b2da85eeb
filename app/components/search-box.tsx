import { Icon } from "./icon";

interface SearchBoxProps {
  action: string;
  /** What was looked for. */
  typed: string;
  id: string;
  /** Tells the two apart where a page has both. */
  name: string;
}

/** Looks through titles and messages. With script the results come while one types. */
export function SearchBox({ action, typed, id, name }: SearchBoxProps) {
  // What is typed next makes the results of what was typed before superfluous.
  const sync = { "hx-sync": "this:replace" };
  return (
    <search>
      <form className="search-box" action={action} aria-label={name} {...sync}>
        <label className="sr-only" htmlFor={id}>
          Search
        </label>
        <input
          type="search"
          id={id}
          name="q"
          defaultValue={typed}
          placeholder="Search"
          dir="auto"
          autoComplete="off"
          enterKeyHint="search"
        />
        <button type="submit" className="icon-button">
          <Icon name="search" />
          <span className="sr-only">Search</span>
        </button>
      </form>
    </search>
  );
}
