/** China keeps one time zone, and no summer time since 1991. */
const SHANGHAI_OFFSET_MS = 8 * 3_600_000;

/** ISO date in Shanghai at this instant (ms). */
export function shanghaiDay(at: number): string {
  return new Date(at + SHANGHAI_OFFSET_MS).toISOString().slice(0, 10);
}

/** The instant (ms) at which this ISO date ends in Shanghai, 24:00. */
export function endOfShanghaiDay(day: string): number {
  return Date.parse(`${day}T24:00:00+08:00`);
}
