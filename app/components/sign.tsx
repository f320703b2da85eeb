/** The sign: two quotation marks that face each other, one in ink, one in accent. */
export function Sign() {
  return (
    <svg className="sign" viewBox="4 6 24 20" width="24" height="20" aria-hidden="true">
      <path d="M16 20a6 6 0 1 1-12 0C4 13 8 8 14 6l1 2c-3.5 1.6-5.5 4-5.8 6.2A6 6 0 0 1 16 20z" />
      <path d="M16 12a6 6 0 1 1 12 0c0 7-4 12-10 14l-1-2c3.5-1.6 5.5-4 5.8-6.2A6 6 0 0 1 16 12z" />
    </svg>
  );
}
