/** Ollama compares names without case and adds `:latest` where there is no tag. */
export function sameModel(a: string, b: string): boolean {
  return fullName(a) === fullName(b);
}

/** A name as two names of one model have it in common. */
export function fullName(name: string): string {
  const lower = name.toLowerCase();
  return /:[^/]*$/.test(lower) ? lower : `${lower}:latest`;
}
