/** The sign and the name, in the size of the surrounding text. */
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

/** Two quotation marks that face each other. Also in public/icon.svg. */
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
