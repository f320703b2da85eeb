const PATHS = {
  menu: "M4 7h16M4 12h16M4 17h10",
  plus: "M12 5v14M5 12h14",
  close: "M6 6l12 12M18 6L6 18",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  pin: "M9 4h6l-1 6 3 3H7l3-3zM12 13v7",
  search: "M11 4a7 7 0 1 0 0 14a7 7 0 0 0 0-14zM16 16l4 4",
} as const;

/** Decorative: its meaning must also be in the markup as text. */
export function Icon({ name }: { name: keyof typeof PATHS }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}

/** The logo and the name, in the size of the surrounding text. */
export function Wordmark({ className = "" }: { className?: string }) {
  return (
    <span
      className={`inline-flex items-center gap-[0.4em] font-semibold tracking-[-0.02em] ${className}`}
    >
      <Sign />
      parley
    </span>
  );
}

/** Same drawing as public/icon.svg. */
function Sign() {
  return (
    <svg
      className="h-[0.82em] w-auto fill-current"
      viewBox="4 6 24 20"
      width="24"
      height="20"
      aria-hidden="true"
    >
      <path d="M16 20a6 6 0 1 1-12 0C4 13 8 8 14 6l1 2c-3.5 1.6-5.5 4-5.8 6.2A6 6 0 0 1 16 20z" />
      <path
        className="fill-accent"
        d="M16 12a6 6 0 1 1 12 0c0 7-4 12-10 14l-1-2c3.5-1.6 5.5-4 5.8-6.2A6 6 0 0 1 16 12z"
      />
    </svg>
  );
}
