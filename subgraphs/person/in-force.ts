const SHANGHAI_OFFSET_MS = 8 * 3_600_000;

/** ISO date in Shanghai at this instant (ms): China keeps one time zone and no summer time. */
export function shanghaiDay(now: number): string {
  return new Date(now + SHANGHAI_OFFSET_MS).toISOString().slice(0, 10);
}

/** Is a period of whole days in force? Both ends count; `to: null` has no end. */
export function dayInForce({ from, to }: { from: string; to: string | null }, now: number): boolean {
  const today = shanghaiDay(now);
  return from <= today && (to === null || today <= to);
}

/** Is a period between instants in force? `from` counts, `to` does not. */
export function instantInForce({ from, to }: { from: string; to: string | null }, now: number): boolean {
  return Date.parse(from) <= now && (to === null || now < Date.parse(to));
}
