import { Icon } from "./icon";

interface SearchBoxProps {
  action: string;
  typed: string;
  id: string;
  /** Distinguishes two search boxes on a page. */
  name: string;
  large?: boolean;
}

/** Searches titles and messages. */
export function SearchBox({ action, typed, id, name, large = false }: SearchBoxProps) {
  const sync = { "hx-sync": "this:replace" };
  return (
    <search>
      <form
        className={`search-box flex items-center rounded-control border border-edge bg-raised ${large ? "min-h-11 text-base" : ""}`}
        action={action}
        aria-label={name}
        {...sync}
      >
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
          className="min-h-9 min-w-0 flex-1 bg-transparent pe-0 ps-2.5 text-ink outline-none tap"
        />
        <button type="submit" className="icon-button h-9 w-9 text-quiet tap">
          <Icon name="search" />
          <span className="sr-only">Search</span>
        </button>
      </form>
    </search>
  );
}
