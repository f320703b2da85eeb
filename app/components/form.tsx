import type { FormHTMLAttributes, ReactNode } from "react";
import { Button, ButtonLink } from "./button";

export function FieldsForm(props: FormHTMLAttributes<HTMLFormElement>) {
  return (
    <form className="flex max-w-measure flex-col gap-5 [&_.problem]:m-0" method="post" {...props} />
  );
}

export function FormEnd({ label, cancel }: { label: string; cancel?: string }) {
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button look="primary">{label}</Button>
      {cancel ? <ButtonLink href={cancel}>Cancel</ButtonLink> : null}
    </div>
  );
}

export function BackLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <p>
      <a
        className="inline-flex min-h-9 max-w-full items-center gap-1 text-md text-accent tap"
        href={href}
      >
        <span aria-hidden="true">‹ </span>
        {children}
      </a>
    </p>
  );
}

interface ConfirmationProps {
  action: string;
  cancel: string;
  problem?: ReactNode;
  question: ReactNode;
  text: string;
  label: string;
  children?: ReactNode;
}

/** Asks before a deletion that cannot be undone. */
export function Confirmation(props: ConfirmationProps) {
  const { action, cancel, problem, question, text, label, children } = props;
  return (
    <form className="confirmation" method="post" action={action}>
      {problem}
      <p>{question}</p>
      <blockquote
        className="wrap-anywhere my-4 whitespace-pre-wrap border-s-3 border-line px-4 py-2.5 text-quiet"
        dir="auto"
      >
        {text}
      </blockquote>
      {children}
      <div className="mt-2 flex flex-wrap items-center gap-2">
        <Button look="alarming">{label}</Button>
        <ButtonLink href={cancel}>Keep</ButtonLink>
      </div>
    </form>
  );
}
