/** Says something for everyone to see, or with `heard` for those alone who listen to the page. */
export function say(sentence: string, heard = false): void {
  const place = document.getElementById("announcements");
  if (!place) return;
  place.toggleAttribute("data-heard", heard);
  if (place.textContent !== sentence) place.textContent = sentence;
}

/** Takes back what was said for everyone to see: it is true no longer. */
export function unsay(): void {
  if (!document.querySelector("#announcements[data-heard]")) say("");
}
