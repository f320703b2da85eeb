export interface ConversationLink {
  id: string;
  title: string;
  href: string;
  state: "quiet" | "queued" | "writing" | "interrupted" | "failed";
  current: boolean;
  pinned: boolean;
  updatedAt: number;
}

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

/** A link to a conversation, with a mark for its state. */
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
