import { endOfShanghaiDay, shanghaiDay } from '../../../adapters/shared/shanghai-day.ts';

/**
 * From the first of a month to the last of one, all of them over. Of any other period the difference to a neighbouring
 * one tells of a single day, and with it of a person whose day somebody remembers (case 67).
 */
export function isWholeMonths(from: string, to: string, now: number): boolean {
  const end = endOfShanghaiDay(to);
  return from.endsWith('-01') && from <= to && shanghaiDay(end).endsWith('-01') && end <= now;
}
