import type { AnchorHTMLAttributes, ButtonHTMLAttributes } from "react";

interface Look {
  look?: keyof typeof LOOKS;
  /** Utilities for its place, such as margins. */
  className?: string;
}

const FRAME_LOOK =
  "inline-flex min-h-9 items-center justify-center whitespace-nowrap rounded-control border px-4 text-md font-medium hover:border-ink tap";

const LOOKS = {
  plain: "border-edge bg-raised text-ink",
  primary: "border-transparent bg-accent text-on-accent hover:bg-accent-hover",
  /** For what cannot be undone. */
  alarming: "border-alarm bg-raised text-alarm",
};

/** For what is a button or a link already. */
export function buttonClass({ look = "plain", className = "" }: Look): string {
  return `${FRAME_LOOK} ${LOOKS[look]} ${className}`.trim();
}

/** A button of a form; it sends unless `type` says otherwise. */
export function Button({
  look,
  className,
  type = "submit",
  ...rest
}: Look & ButtonHTMLAttributes<HTMLButtonElement>) {
  return <button className={buttonClass({ look, className })} type={type} {...rest} />;
}

/** A link that is the next step, and looks like a button. */
export function ButtonLink({
  look,
  className,
  href,
  children,
  ...rest
}: Look & AnchorHTMLAttributes<HTMLAnchorElement>) {
  return (
    <a className={buttonClass({ look, className })} href={href} {...rest}>
      {children}
    </a>
  );
}
