import { ParleyError } from "~/errors";
import { TITLE_CHARACTERS } from "~/limits";

/** A title from a form as it is kept, on one line; throws where it is empty or too long. */
export function checkTitle(raw: string | undefined): string {
  const title = (raw ?? "").replace(/\s+/g, " ").trim();
  if (title === "") {
    throw new ParleyError("title-empty", "The title is empty.", {
      kind: "invalid",
      next: "Write one, then save it.",
    });
  }
  const { length } = [...title];
  if (length > TITLE_CHARACTERS) {
    throw new ParleyError(
      "title-too-long",
      `The title has ${length} characters; ${TITLE_CHARACTERS} is the most that one may have.`,
      { kind: "invalid", next: "Shorten it, then save it again." },
    );
  }
  return title;
}
