interface AutoRefreshProps {
  /** The address of the fragment that replaces the target. */
  href: string;
  target: string;
}

/** With script, requests the part of the page that it stands in until a response comes without it. */
export function AutoRefresh({ href, target }: AutoRefreshProps) {
  const attributes = {
    "hx-get": href,
    "hx-trigger": "every 3s",
    "hx-target": target,
    "hx-swap": "outerMorph",
    // An error is not to be swapped in: the next try is soon.
    "hx-status:4xx": "swap:none",
    "hx-status:5xx": "swap:none",
  };
  return <span className="auto-refresh" hidden {...attributes} />;
}
