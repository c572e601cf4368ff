import type { z } from 'zod';
import { misfitOf } from './parse-answer.ts';
import { invalidAnswer } from './source-error.ts';
import type { SourceLog } from './source-log.ts';

interface UsableRowsOptions {
  readonly source: string;
  /** What the rows are called there, for the log. */
  readonly list: string;
  readonly log?: SourceLog | undefined;
  /** Rows without a usable one among them are no error. */
  readonly mayAllBeBad?: boolean;
}

/**
 * Parses rows one by one: a bad row is set aside, counted and told without its values, the good ones stand. Throws
 * SOURCE_INVALID where there are rows and none is good: an empty list would be a lie. For rows whose loss is no danger; a
 * wrong envelope is an invalid answer (`parseAnswer`).
 */
export function usableRows<T>(
  schema: z.ZodType<T>,
  rows: readonly unknown[],
  { source, list, log, mayAllBeBad = false }: UsableRowsOptions,
): T[] {
  const good: T[] = [];
  const reasons: string[] = [];
  for (const row of rows) {
    const parsed = schema.safeParse(row);
    if (parsed.success) good.push(parsed.data);
    else reasons.push(misfitOf(parsed.error));
  }
  const [reason] = reasons;
  if (reason === undefined) return good;
  log?.warn({ source, list, setAside: reasons.length, of: rows.length, reason }, 'rows set aside');
  if (good.length === 0 && !mayAllBeBad) throw invalidAnswer(source, `no usable row: ${reason}`);
  return good;
}
