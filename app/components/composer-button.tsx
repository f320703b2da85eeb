import type { ReactNode } from "react";

interface ComposerButtonProps {
  action: string;
  look: "quiet" | "button stop";
  /** The id of the composer's form, for a button that stands elsewhere. */
  form?: string;
  children: ReactNode;
}

const PLAIN = "application/x-www-form-urlencoded";

/**
 * A button that does something else than send. It belongs to the composer's form, so that what is being typed
 * there comes along and is not lost where no script keeps it; files that were chosen stay behind. With script it
 * asks by itself: a prompt that is sent a moment later must not be dropped as its second click.
 */
export function ComposerButton({ action, look, form, children }: ComposerButtonProps) {
  const script = { "hx-post": action, "hx-encoding": PLAIN };
  return (
    <button
      className={look}
      type="submit"
      {...(form ? { form } : {})}
      formAction={action}
      formMethod="post"
      formEncType={PLAIN}
      formNoValidate
      {...script}
    >
      {children}
    </button>
  );
}
