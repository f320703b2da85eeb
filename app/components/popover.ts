/** What makes an element a popover. React 18 lacks the types; lower-case names reach the markup. */
export function popoverAt(id: string) {
  return { id, popover: "auto" };
}

/** What makes a button open or close the popover with this id, without any script. */
export function popoverButton(id: string, action: "toggle" | "hide" = "toggle") {
  return { popovertarget: id, popovertargetaction: action };
}
