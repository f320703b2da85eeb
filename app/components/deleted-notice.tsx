import { Button } from "./button";

/** A conversation that was just deleted and can be taken back. */
export interface DeletedView {
  id: string;
  title: string;
  restore: string;
  leftMs: number;
}

/** Style rules count down from here in steps of this: they need no script, and no page may style inline. */
const STEP_MS = 5_000;

/** Says what was deleted and takes it back. It goes by itself when it is too late. */
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
