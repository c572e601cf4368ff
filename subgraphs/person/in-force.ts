import { shanghaiDay } from '../../adapters/shared/shanghai-day.ts';

/** Is a period of whole days in force? Both ends count; `to: null` has no end. */
export function dayInForce({ from, to }: { from: string; to: string | null }, now: number): boolean {
  const today = shanghaiDay(now);
  return from <= today && (to === null || today <= to);
}

/** Is a period between instants in force? `from` counts, `to` does not. */
export function instantInForce({ from, to }: { from: string; to: string | null }, now: number): boolean {
  return Date.parse(from) <= now && (to === null || now < Date.parse(to));
}
