import { SearchHelp } from "./search-help";
import { Timestamp } from "./timestamp";

/** A piece of a text that was found; `hit` is what was looked for. */
export interface TextSegment {
  text: string;
  hit: boolean;
}

/** A conversation whose title was found. */
export interface FoundTitleView {
  id: string;
  href: string;
  title: TextSegment[];
  archived: boolean;
  updatedAt: number;
}

/** A message that was found; the address leads to it on its branch. */
export interface FoundMessageView {
  id: string;
  href: string;
  /** Of its conversation. */
  title: string;
  /** Who wrote it: "You", or the model. */
  by: string;
  archived: boolean;
  createdAt: number;
  /** What stands around the first hit. */
  snippet: TextSegment[];
}

/** A page of what a search has found. */
export interface SearchView {
  typed: string;
  titles: FoundTitleView[];
  messages: FoundMessageView[];
  /** Where there are more titles than the few above the messages. */
  moreTitles?: string;
  /** The next page of what this one shows. */
  more?: string;
  /** Operators without a meaning, as they were typed. */
  misread: string[];
  /** False where nothing in it could be looked for. */
  sensible: boolean;
  /** True while old messages are still missing in the index. */
  incomplete: boolean;
  now: number;
}

/** What a search has found: conversations by their titles, then messages, newest first. */
export function SearchResults({ view }: { view: SearchView }) {
  const { titles, messages, moreTitles, more, now } = view;
  const nothing = titles.length === 0 && messages.length === 0;

  return (
    <div className="results" id="results">
      <SearchHelp />
      {view.misread.map((part) => (
        <p key={part} className="search-note">
          <code>{part}</code> says nothing to search, so it was looked for as words.
        </p>
      ))}
      {view.incomplete ? (
        <p className="search-note">
          Messages of an earlier version are still being taken in, the oldest first: soon they are
          found as well.
        </p>
      ) : null}
      <p className="sr-only" role="status">
        {nothing ? "Nothing found" : `Found for ${view.typed}`}
      </p>
      {nothing ? <Nothing view={view} /> : null}
      {titles.length > 0 ? (
        <section>
          <h2>Titles</h2>
          <ol>
            {titles.map((title) => (
              <FoundTitle key={title.id} title={title} now={now} />
            ))}
          </ol>
          {moreTitles ? (
            <a className="older" href={moreTitles}>
              More titles
            </a>
          ) : null}
        </section>
      ) : null}
      {messages.length > 0 ? (
        <section>
          <h2>Messages</h2>
          <ol>
            {messages.map((message) => (
              <FoundMessage key={message.id} message={message} now={now} />
            ))}
          </ol>
        </section>
      ) : null}
      {more ? (
        <a className="older" href={more}>
          {nothing ? "Look further back" : "More results"}
        </a>
      ) : null}
    </div>
  );
}

function Nothing({ view }: { view: SearchView }) {
  if (view.more) return <p className="nothing">Nothing found among the newer messages.</p>;
  if (!view.sensible) {
    return <p className="nothing">There is no word in this that could be looked for.</p>;
  }
  return (
    <p className="nothing">
      Nothing found. Fewer words find more, and so does the beginning of a word; deleted
      conversations are not looked through.
    </p>
  );
}

function FoundTitle({ title, now }: { title: FoundTitleView; now: number }) {
  return (
    <li className="found">
      <a className="found-link" href={title.href} dir="auto">
        <Marked pieces={title.title} />
      </a>
      <p className="found-facts">
        <Timestamp at={title.updatedAt} now={now} />
        {title.archived ? <span>Archived</span> : null}
      </p>
    </li>
  );
}

function FoundMessage({ message, now }: { message: FoundMessageView; now: number }) {
  return (
    <li className="found">
      <a className="found-link" href={message.href} dir="auto">
        {message.title}
      </a>
      <p className="found-facts">
        <span>{message.by}</span>
        <Timestamp at={message.createdAt} now={now} />
        {message.archived ? <span>Archived</span> : null}
      </p>
      <p className="snippet" dir="auto">
        <Marked pieces={message.snippet} />
      </p>
    </li>
  );
}

function Marked({ pieces }: { pieces: TextSegment[] }) {
  return pieces.map(({ text, hit }, at) => {
    // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a text are told apart by their place.
    return hit ? <mark key={at}>{text}</mark> : <span key={at}>{text}</span>;
  });
}
