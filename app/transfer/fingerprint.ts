/** A name for a conversation that has none, by what it says: the same file gives the same name. */
export function fingerprint(value: unknown): string {
  return new Bun.CryptoHasher("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 32);
}
