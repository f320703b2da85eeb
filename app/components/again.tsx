interface AgainProps {
  /** The address of the fragment that takes the place of the target. */
  href: string;
  target: string;
}

/**
 * With script, asks again and again for the part of the page that it stands in, for as long as what comes
 * holds one of these. Without script it is nothing.
 */
export function Again({ href, target }: AgainProps) {
  const attributes = {
    "hx-get": href,
    "hx-trigger": "every 3s",
    "hx-target": target,
    "hx-swap": "outerMorph",
    // An error belongs on a page, not in a part of one: the next time is soon.
    "hx-status:4xx": "swap:none",
    "hx-status:5xx": "swap:none",
  };
  return <span className="again" hidden {...attributes} />;
}
