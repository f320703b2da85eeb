import type { ReactNode } from "react";
import { Timestamp } from "./timestamp";

export interface TextSegment {
  text: string;
  hit: boolean;
}

export interface FoundTitleView {
  id: string;
  href: string;
  title: TextSegment[];
  archived: boolean;
  updatedAt: number;
}

export interface FoundMessageView {
  id: string;
  href: string;
  title: string;
  /** "You" or the model. */
  by: string;
  archived: boolean;
  createdAt: number;
  snippet: TextSegment[];
}

export interface SearchView {
  typed: string;
  titles: FoundTitleView[];
  messages: FoundMessageView[];
  moreTitles?: string;
  more?: string;
  /** Invalid operators, as typed. */
  misread: string[];
  /** False if it contains no search term. */
  sensible: boolean;
  /** True until old messages are indexed. */
  incomplete: boolean;
  now: number;
}

/** Matching conversations, then matching messages, newest first. */
export function SearchResults({ view }: { view: SearchView }) {
  const { titles, messages, more, now } = view;
  const nothing = titles.length === 0 && messages.length === 0;

  return (
    <div id="results">
      <SearchHelp />
      <SearchNotes misread={view.misread} incomplete={view.incomplete} />
      <p className="sr-only" role="status">
        {nothing ? "Nothing found" : `Found for ${view.typed}`}
      </p>
      {nothing ? <Nothing view={view} /> : null}
      {titles.length > 0 ? (
        <Results title="Titles" more={view.moreTitles}>
          {titles.map((title) => (
            <FoundTitle key={title.id} title={title} now={now} />
          ))}
        </Results>
      ) : null}
      {messages.length > 0 ? (
        <Results title="Messages">
          {messages.map((message) => (
            <FoundMessage key={message.id} message={message} now={now} />
          ))}
        </Results>
      ) : null}
      {more ? (
        <a className="older" href={more}>
          {nothing ? "Look further back" : "More results"}
        </a>
      ) : null}
    </div>
  );
}

const NOTE_LOOK = "my-3 text-sm text-quiet [&_code]:text-xs [&_code]:text-ink";

function SearchNotes({ misread, incomplete }: Pick<SearchView, "misread" | "incomplete">) {
  return (
    <>
      {misread.map((part) => (
        <p key={part} className={NOTE_LOOK}>
          <code>{part}</code> says nothing to search, so it was looked for as words.
        </p>
      ))}
      {incomplete ? (
        <p className={NOTE_LOOK}>
          Messages of an earlier version are still being taken in, the oldest first: soon they are
          found as well.
        </p>
      ) : null}
    </>
  );
}

interface ResultsProps {
  title: string;
  more?: string;
  children: ReactNode;
}

function Results({ title, more, children }: ResultsProps) {
  return (
    <section>
      <h2 className="pb-2 pt-6 text-xs font-semibold text-quiet">{title}</h2>
      <ol>{children}</ol>
      {more ? (
        <a className="older" href={more}>
          More titles
        </a>
      ) : null}
    </section>
  );
}

function Nothing({ view }: { view: SearchView }) {
  if (view.more) return <p className="text-quiet">Nothing found among the newer messages.</p>;
  if (!view.sensible) {
    return <p className="text-quiet">There is no word in this that could be looked for.</p>;
  }
  return (
    <p className="text-quiet">
      Nothing found. Fewer words find more, and so does the beginning of a word; deleted
      conversations are not looked through.
    </p>
  );
}

function FoundTitle({ title, now }: { title: FoundTitleView; now: number }) {
  return (
    <li className="found">
      <a className="found-link" href={title.href} dir="auto">
        <Marked segments={title.title} />
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
        <Marked segments={message.snippet} />
      </p>
    </li>
  );
}

function Marked({ segments }: { segments: TextSegment[] }) {
  return segments.map(({ text, hit }, at) => {
    // biome-ignore lint/suspicious/noArrayIndexKey: the segments of a text are told apart by their place.
    return hit ? <mark key={at}>{text}</mark> : <span key={at}>{text}</span>;
  });
}

const OPERATORS: [example: string, meaning: string][] = [
  ["high tide", "both words, anywhere in a message"],
  ['"high tide"', "side by side, in this order"],
  ["tid*", "words that begin so; the last word is taken for a beginning by itself"],
  ["tide -moon", "the one without the other"],
  ["model:qwen3", "written by a model whose name begins so"],
  ["after:2026-03", "from March 2026 on; a year and a day work too"],
  ["before:2026-05", "up to the end of April 2026: the day, month or year itself is left out"],
  ["is:pinned, is:archived", "in conversations that are pinned, or archived"],
  ["has:code, has:file", "with a block of code, or with a file"],
];

function SearchHelp() {
  return (
    <details className={NOTE_LOOK}>
      <summary>What one can search for</summary>
      <dl className="py-2">
        {OPERATORS.map(([example, meaning]) => (
          <div
            className="grid grid-cols-[minmax(0,12rem)_minmax(0,1fr)] gap-x-4 py-1 narrow:grid-cols-[minmax(0,1fr)] narrow:py-1.5"
            key={example}
          >
            <dt>
              <code>{example}</code>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
