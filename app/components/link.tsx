/** A link in a text or among others, which must be known by more than its colour. */
export const LINK_LOOK =
  "text-accent underline underline-offset-[0.2em] touch:inline-flex tap touch:items-center";
