import type { TextareaHTMLAttributes } from "react";

type PromptBoxProps = Pick<
  TextareaHTMLAttributes<HTMLTextAreaElement>,
  "rows" | "placeholder" | "defaultValue" | "required" | "autoFocus" | "className"
> & {
  id: string;
  label: string;
  problemId?: string;
  /** Append the text to unsent text instead of replacing it. */
  adds?: boolean;
};

/** The text field for a prompt. */
export function PromptBox({ id, label, problemId, adds, className = "", ...rest }: PromptBoxProps) {
  return (
    <>
      <label className="sr-only" htmlFor={id}>
        {label}
      </label>
      <textarea
        className={`w-full ${className}`}
        id={id}
        name="prompt"
        dir="auto"
        {...rest}
        data-adds={adds ? true : undefined}
        aria-invalid={problemId ? true : undefined}
        aria-describedby={problemId}
      />
    </>
  );
}

/** Identifies a double click. A browser that restores fields must not restore it. */
export function SubmissionId({ id }: { id: string | undefined }) {
  return id ? <input type="hidden" name="once" value={id} autoComplete="off" /> : null;
}
