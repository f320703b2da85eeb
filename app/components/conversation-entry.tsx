export interface ConversationLink {
  id: string;
  title: string;
  href: string;
  /** `queued`: its answer has not begun. */
  state: "quiet" | "queued" | "writing" | "interrupted" | "failed";
  current: boolean;
  pinned: boolean;
  updatedAt: number;
}

/** Visible text for a mark. */
export const STATE_WORDS: Record<ConversationLink["state"], string | undefined> = {
  quiet: undefined,
  queued: "waiting",
  writing: "writing",
  interrupted: "interrupted",
  failed: "failed",
};

const MARKS: Record<ConversationLink["state"], string | undefined> = {
  quiet: undefined,
  queued: "An answer waits for its turn",
  writing: "An answer is being written",
  interrupted: "Interrupted",
  failed: "The answer failed",
};

/** A conversation as a link, with a mark for a state that is not quiet. */
export function ConversationEntry({ conversation }: { conversation: ConversationLink }) {
  const mark = MARKS[conversation.state];

  return (
    <a
      className="entry"
      href={conversation.href}
      aria-current={conversation.current ? "page" : undefined}
    >
      {mark ? (
        <span className={`mark ${conversation.state}`}>
          <span className="sr-only">{mark}: </span>
        </span>
      ) : null}
      <span className="entry-title" dir="auto">
        {conversation.title}
      </span>
    </a>
  );
}
