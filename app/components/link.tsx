/** A link in a text or among others, which must be known by more than its colour. */
export const LINK_LOOK =
  "text-accent underline underline-offset-[0.2em] touch:inline-flex touch:min-h-11 touch:min-w-11 touch:items-center";
