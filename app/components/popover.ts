/** What makes an element a popover. React 18 lacks the types; lower-case names reach the markup. */
export function popoverAt(id: string) {
  return { id, popover: "auto" };
}

/** Attributes of a button that opens or closes the popover with this id, without script. */
export function popoverButton(id: string, action: "toggle" | "hide" = "toggle") {
  return { popovertarget: id, popovertargetaction: action };
}
