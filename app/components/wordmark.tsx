import { Sign } from "./sign";

/** The sign and the name, as large as the text around them. */
export function Wordmark() {
  return (
    <span className="wordmark">
      <Sign />
      parley
    </span>
  );
}
