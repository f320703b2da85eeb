/** Attributes of a popover. React 18 lacks the types, but renders lower-case names. */
export function popoverAt(id: string) {
  return { id, popover: "auto" };
}

/** Attributes of a button that toggles or hides a popover, without script. */
export function popoverButton(id: string, action: "toggle" | "hide" = "toggle") {
  return { popovertarget: id, popovertargetaction: action };
}
