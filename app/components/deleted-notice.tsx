import { Button } from "./button";

export interface DeletedView {
  id: string;
  title: string;
  restore: string;
  leftMs: number;
}

/** CSS counts down in these steps, without script or inline styles. */
const STEP_MS = 5_000;

/** Offers Undo while a deleted conversation can be restored. */
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
