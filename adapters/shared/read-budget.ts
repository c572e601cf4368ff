import { invalidAnswer } from './source-error.ts';

/** No batch of persons has so much; a service that sends more does not look at the question. */
const MAX_ROWS = 20_000;
const MAX_BYTES = 10_000_000;

/** Counts what the pages of one read hold together. Throws SOURCE_INVALID for the page that is too much. */
export function readBudget(source: string): (page: { rows: number; bytes: number }) => void {
  const spent = { rows: 0, bytes: 0 };
  return ({ rows, bytes }) => {
    spent.rows += rows;
    spent.bytes += bytes;
    if (spent.rows > MAX_ROWS) throw invalidAnswer(source, `more than ${MAX_ROWS} rows`);
    if (spent.bytes > MAX_BYTES) throw invalidAnswer(source, `more than ${MAX_BYTES} bytes in all pages`);
  };
}
