/** The earliest of some ISO instants, which may differ in their offsets; `null` of none. */
export function oldestInstant(instants: readonly string[]): string | null {
  return instants.toSorted((a, b) => Date.parse(a) - Date.parse(b))[0] ?? null;
}
