export interface RememberedTokens<Value> {
  get(key: string): Value | undefined;
  /** `expiresAtMs`: milliseconds since 1970 after which it is forgotten in any case. */
  set(key: string, value: Value, expiresAtMs: number): void;
}

/** Remembers what was verified, for a short time and not more than so many; the one longest unused goes first. */
export function rememberedTokens<Value>({
  seconds = 30,
  atMost = 2_000,
  now = Date.now,
}: { seconds?: number; atMost?: number; now?: () => number } = {}): RememberedTokens<Value> {
  const entries = new Map<string, { value: Value; since: number; until: number }>();
  return {
    get(key) {
      const entry = entries.get(key);
      if (entry === undefined) return undefined;
      entries.delete(key);
      // `since`: after the clock went back nothing is remembered for longer.
      if (now() < entry.since || now() >= entry.until) return undefined;
      entries.set(key, entry);
      return entry.value;
    },
    set(key, value, expiresAtMs) {
      const since = now();
      entries.delete(key);
      entries.set(key, { value, since, until: Math.min(expiresAtMs, since + seconds * 1_000) });
      const [oldest] = entries.keys();
      if (entries.size > atMost && oldest !== undefined) entries.delete(oldest);
    },
  };
}
