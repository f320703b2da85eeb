import { Button } from "./button";

/** A conversation that was just deleted and can be restored. */
export interface DeletedView {
  id: string;
  title: string;
  restore: string;
  leftMs: number;
}

/** CSS counts down in these steps: that needs neither script nor inline styles. */
const STEP_MS = 5_000;

/** Offers to restore it; disappears when that is no longer possible. */
export function DeletedNotice({ view }: { view: DeletedView }) {
  return (
    <form
      className="deleted-notice"
      id={`deleted-${view.id}`}
      method="post"
      action={view.restore}
      data-left={Math.ceil(view.leftMs / STEP_MS) * (STEP_MS / 1_000)}
    >
      <p>
        Deleted <q dir="auto">{view.title}</q>
      </p>
      <Button>Undo</Button>
    </form>
  );
}
