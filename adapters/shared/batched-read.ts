import { alignRows } from './align-rows.ts';
import { chunk } from './chunk.ts';
import { deadline } from './deadline.ts';
import { oldestInstant } from './oldest-instant.ts';
import { SourceError } from './source-error.ts';
import type { SourceLog } from './source-log.ts';
import type { Read } from './source.ts';

/** A row and the local id of the person whose it is; `null` where the row names nobody. */
export interface OwnedRow<Row> {
  readonly localId: string | null;
  readonly row: Row;
}

/** What one call answered. */
export interface Batch<Row> {
  /** ISO instant; `null` where the answer does not say. */
  readonly asOf: string | null;
  /** Those of the persons asked for whom the department knows, with or without rows. */
  readonly known: readonly string[];
  readonly rows: readonly OwnedRow<Row>[];
}

interface BatchedReadOptions<Row> {
  readonly source: string;
  /** What is read, as it is called there, for the log. */
  readonly list: string;
  /** What cannot be an id there names nobody and never reaches a call. */
  readonly isLocalId: (id: string) => boolean;
  /** Ids that one call may carry; without it all are asked at once. */
  readonly largestBatch?: number;
  /** For all calls of a read together, where one call's own time is not enough of a limit. */
  readonly deadlineMs?: number;
  readonly log?: SourceLog | undefined;
  readonly readBatch: (
    localIds: readonly string[],
    options: { readonly signal: AbortSignal | undefined; readonly since: string },
  ) => Promise<Batch<Row>>;
}

/**
 * A read of one category, made of calls for whole batches: asks for each id once, puts the rows under the ids that were
 * asked for and drops and counts those of anybody else. The answer is as old as its oldest part.
 */
export function batchedRead<Row>(options: BatchedReadOptions<Row>): Read<Row> {
  const { source, list, isLocalId, largestBatch = Number.MAX_SAFE_INTEGER, deadlineMs, log, readBatch } = options;
  return async (localIds, { signal, since = '' } = {}) => {
    if (signal?.aborted) throw new SourceError('SOURCE_TIMEOUT', { source, cause: signal.reason });
    const whole = deadlineMs === undefined ? signal : deadline(deadlineMs, signal);
    const parts = chunk([...new Set(localIds)].filter(isLocalId), largestBatch);
    const batches = await Promise.all(parts.map(async (ids) => readBatch(ids, { signal: whole, since })));
    const { rows, foreign } = alignRows(
      localIds,
      batches.flatMap((batch) => batch.rows),
      { keyOf: ({ localId }) => localId, known: batches.flatMap(({ known }) => known) },
    );
    if (foreign > 0) log?.warn({ source, list, count: foreign }, 'rows of persons not asked for');
    return {
      asOf: oldestInstant(batches.flatMap(({ asOf }) => asOf ?? [])) ?? new Date().toISOString(),
      cached: false,
      rows: rows.map((own) => own && own.map(({ row }) => row)),
    };
  };
}
