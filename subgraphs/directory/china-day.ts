const CHINA_OFFSET_MS = 8 * 3_600_000;

/** The date in China, which has one time, of an instant in milliseconds since the epoch. */
export function dayInChina(at: number): string {
  return new Date(at + CHINA_OFFSET_MS).toISOString().slice(0, 10);
}
