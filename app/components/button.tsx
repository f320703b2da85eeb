import type { AnchorHTMLAttributes, ButtonHTMLAttributes } from "react";

interface Look {
  look?: keyof typeof LOOKS;
  /** Margins and marker classes only. */
  className?: string;
}

const FRAME_LOOK =
  "inline-flex min-h-9 items-center justify-center whitespace-nowrap rounded-control border px-4 text-md font-medium hover:border-ink tap";

const LOOKS = {
  plain: "border-edge bg-raised text-ink",
  primary: "border-transparent bg-accent text-on-accent hover:bg-accent-hover",
  alarming: "border-alarm bg-raised text-alarm",
};

/** Classes for an element that is already a button or a link. */
export function buttonClass({ look = "plain", className = "" }: Look): string {
  return `${FRAME_LOOK} ${LOOKS[look]} ${className}`.trim();
}

/** A button of a form; its default type is `submit`. */
export function Button({
  look,
  className,
  type = "submit",
  ...rest
}: Look & ButtonHTMLAttributes<HTMLButtonElement>) {
  return <button className={buttonClass({ look, className })} type={type} {...rest} />;
}

/** A link that looks like a button. */
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

/** Underlined: a link in text must be recognizable without colour. */
export const LINK_LOOK =
  "text-accent underline underline-offset-[0.2em] touch:inline-flex tap touch:items-center";
