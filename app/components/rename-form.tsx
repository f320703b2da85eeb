import type { Problem } from "~/errors";
import { FormEnd } from "./form";
import { ProblemNote } from "./problem-note";

export interface RenameView {
  action: string;
  back: string;
  title: string;
  problem?: Problem;
}

export function RenameForm({ view, id = "rename" }: { view: RenameView; id?: string }) {
  const problemId = `${id}-problem`;

  return (
    <form className="flex flex-col gap-3" method="post" action={view.action}>
      {view.problem ? <ProblemNote problem={view.problem} id={problemId} /> : null}
      <input type="hidden" name="back" value={view.back} />
      <label className="font-semibold" htmlFor={`${id}-title`}>
        Title
      </label>
      <input
        id={`${id}-title`}
        className="min-h-11 rounded-control border border-edge bg-raised px-3 py-1.5"
        name="title"
        dir="auto"
        required
        autoComplete="off"
        // biome-ignore lint/a11y/noAutofocus: this page is for nothing else.
        autoFocus={id === "rename"}
        defaultValue={view.title}
        aria-invalid={view.problem ? true : undefined}
        aria-describedby={view.problem ? problemId : undefined}
      />
      <FormEnd label="Save" cancel={view.back} />
    </form>
  );
}
