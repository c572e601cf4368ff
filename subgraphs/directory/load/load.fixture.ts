/** Loads a file as the command does. Test support. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';
import type { Store } from '../../../adapters/store/port.ts';
import { NOW } from '../directory.fixture.ts';
import { loadRows } from './load-rows.ts';
import type { maintainer } from './maintainer.ts';
import { readRows, tableKindOf } from './read-rows.ts';
import { faultLine, reportLine } from './report-line.ts';

const folder = mkdtempSync(join(tmpdir(), 'xinqiao-load-'));
afterAll(() => rmSync(folder, { recursive: true }));
export const DEPARTMENTS: ReadonlySet<string> = new Set(['EDUCATION', 'HEALTH']);

/** What became of each row (`place RESULT`), the report, and what was ignored. */
export async function load(
  name: string,
  content: string | Uint8Array,
  { into, caller = null }: { into: Store; caller?: ReturnType<typeof maintainer> },
) {
  const file = join(folder, name);
  writeFileSync(file, content);
  const { rows, faulty, ignored } = await readRows(file, tableKindOf(file, undefined));
  const results: string[] = [];
  const report: object[] = faulty.map(faultLine);
  if (typeof caller === 'string') throw new Error(caller);
  for await (const result of loadRows(rows, { store: into, caller, departments: DEPARTMENTS, now: () => NOW })) {
    results.push(`${result.row.place} ${result.is}`);
    const line = reportLine(result);
    if (line !== null) report.push(line);
  }
  return { results, report, ignored };
}
