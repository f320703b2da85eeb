import { Icon } from "./icon";
import { popoverAt, popoverButton } from "./popover";

export interface ConversationMenuView {
  id: string;
  title: string;
  pinned: boolean;
  archived: boolean;
  rename: string;
  steering: string;
  /** The action of both Pin and Unpin. */
  pin: string;
  archive: string;
  markdown: string;
  json: string;
  delete: string;
}

/** The actions on a conversation, in a popover without script. */
export function ConversationMenu({ view }: { view: ConversationMenuView }) {
  const id = `menu-${view.id}`;

  return (
    <div className="menu-place">
      <button type="button" className="icon-button" {...popoverButton(id)}>
        <Icon name="more" />
        <span className="sr-only">Actions for {view.title}</span>
      </button>
      <form className="menu" method="post" aria-label="Actions" {...popoverAt(id)}>
        <p className="menu-title" dir="auto">
          {view.title}
        </p>
        <a href={view.rename}>Rename</a>
        <a href={view.steering}>Instructions and options</a>
        <button type="submit" formAction={view.pin}>
          {view.pinned ? "Unpin" : "Pin"}
        </button>
        <button type="submit" formAction={view.archive}>
          {view.archived ? "Unarchive" : "Archive"}
        </button>
        {/* htmx must not intercept downloads. */}
        <a href={view.markdown} download hx-boost="false">
          Save as Markdown
        </a>
        <a href={view.json} download hx-boost="false">
          Save as JSON
        </a>
        <button className="menu-delete" type="submit" formAction={view.delete}>
          Delete
        </button>
      </form>
    </div>
  );
}
