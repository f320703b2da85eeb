/** Who speaks, for those who jump from heading to heading; on paper everyone sees it. */
export function MessageHeading({ children }: { children: string }) {
  return <h2 className="sr-only speaker">{children}</h2>;
}
