import { ParleyError } from "~/errors";
import { handled } from "~/http/handled";

/** Every address that nothing else answers, so that the error page has its sidebar. */
export const loader = handled(async () => {
  throw new ParleyError("not-found", "There is nothing at this address.", {
    status: 404,
    next: "It may be mistyped, or what it showed was deleted.",
  });
});

export default function Nothing() {
  return null;
}
