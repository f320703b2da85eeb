/** Underlined: a link in a text must be recognizable without its colour. */
export const LINK_LOOK =
  "text-accent underline underline-offset-[0.2em] touch:inline-flex tap touch:items-center";
