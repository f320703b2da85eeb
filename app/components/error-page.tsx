import type { Problem } from "~/errors";
import { ButtonLink } from "./button";

const REASONS: Record<number, Pick<Problem, "sentence" | "next">> = {
  403: {
    sentence: "This request came from another place.",
    next: "Parley takes changes only from its own pages. Open it directly and try again.",
  },
  404: {
    sentence: "There is nothing here.",
    next: "The conversation may have been deleted, or the address is mistyped.",
  },
  405: {
    sentence: "This address does not work that way.",
    next: "It is meant for a form. Go back and use the button there.",
  },
};

const OWN_FAULT = {
  sentence: "Something went wrong in Parley.",
  next: "Try again; the log says more.",
};

interface ErrorPageProps {
  status: number;
  home: string;
  problem?: Problem;
}

/** The page of a failed request. */
export function ErrorPage({ status, home, problem }: ErrorPageProps) {
  const reason = { ...(REASONS[status] ?? OWN_FAULT), ...problem };

  return (
    <div className="my-auto flex flex-col items-start gap-4">
      <p className="text-sm text-quiet">{status}</p>
      <h1 className="text-2xl font-semibold leading-[1.3]">{reason.sentence}</h1>
      {reason.next ? <p>{reason.next}</p> : null}
      {problem?.id ? (
        <p className="text-sm text-quiet">
          In the log as <code>{problem.id}</code>
        </p>
      ) : null}
      <p>
        <ButtonLink href={home}>To a new conversation</ButtonLink>
      </p>
    </div>
  );
}
