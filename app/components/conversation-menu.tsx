import { Icon } from "./icon";
import { popoverAt, popoverButton } from "./popover";

/** What one may do with a conversation: the addresses of forms, but for those of pages. */
export interface ConversationMenuView {
  id: string;
  title: string;
  pinned: boolean;
  archived: boolean;
  /** A page with a form. */
  rename: string;
  steering: string;
  /** Pins it, or lets it go where it is pinned. */
  pin: string;
  /** Archives it, or brings it back where it is archived. */
  archive: string;
  /** The conversation as a file, to be saved. */
  markdown: string;
  json: string;
  delete: string;
}

/** What one may do with a conversation, behind three dots: a popover, so that it opens without script. */
export function ConversationMenu({ view }: { view: ConversationMenuView }) {
  const id = `menu-${view.id}`;

  return (
    <div className="menu-place">
      <button type="button" className="icon-button" {...popoverButton(id)}>
        <Icon name="more" />
        <span className="sr-only">Actions for {view.title}</span>
      </button>
      {/* One form whose buttons name their own addresses. */}
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
        {/* Saved, not shown: nothing for htmx to put into the page. */}
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
