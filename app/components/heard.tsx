/** Said by a document that streams, to those who listen to it: script has a line of its own for that. */
export function Heard({ children }: { children: string }) {
  return (
    <p className="sr-only" role="status">
      {children}
    </p>
  );
}
