/** Tells this form from the same one on another page. A browser that restores fields must not restore it. */
export function Once({ id }: { id: string | undefined }) {
  return id ? <input type="hidden" name="once" value={id} autoComplete="off" /> : null;
}
