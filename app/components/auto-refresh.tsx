interface AutoRefreshProps {
  href: string;
  target: string;
}

/** With script, refreshes the part of the page that contains it until a response omits it. */
export function AutoRefresh({ href, target }: AutoRefreshProps) {
  const attributes = {
    "hx-get": href,
    "hx-trigger": "every 3s",
    "hx-target": target,
    "hx-swap": "outerMorph",
    // Ignore errors: the next try follows.
    "hx-status:4xx": "swap:none",
    "hx-status:5xx": "swap:none",
  };
  return <span className="auto-refresh" hidden {...attributes} />;
}
