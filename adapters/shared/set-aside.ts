import type { z } from 'zod';
import { misfitOf } from './parse-answer.ts';

/** A row that could not be used: its place in the answer and why, without its values. */
export interface SetAside {
  readonly index: number;
  readonly reason: string;
}

/**
 * Parses rows one by one: a bad row is set aside and reported, the good ones stand. For rows whose loss is no danger;
 * a wrong envelope is an invalid answer (`parseAnswer`).
 */
export function parseRows<T>(schema: z.ZodType<T>, rows: readonly unknown[], onSetAside: (bad: SetAside) => void): T[] {
  const good: T[] = [];
  rows.forEach((row, index) => {
    const parsed = schema.safeParse(row);
    if (parsed.success) good.push(parsed.data);
    else onSetAside({ index, reason: misfitOf(parsed.error) });
  });
  return good;
}
