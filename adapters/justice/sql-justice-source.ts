import { z } from 'zod';
import { batchedRead, type OwnedRow } from '../shared/batched-read.ts';
import { foldWidth } from '../shared/fold-width.ts';
import { onceEach } from '../shared/once-each.ts';
import { parseAnswer } from '../shared/parse-answer.ts';
import { invalidAnswer } from '../shared/source-error.ts';
import type { SourceLog } from '../shared/source-log.ts';
import type { Read, RegisterPage } from '../shared/source.ts';
import { usableRows } from '../shared/usable-rows.ts';
import { sqlDoor, type SqlDoorOptions } from '../shared/sql-door.ts';
import { among, sql, sqlName, type SqlStatement } from '../shared/sql-statement.ts';
import { key, keyIfAny } from './cells.ts';
import type { JusticeSource } from './port.ts';
import type { JusticeSettings } from './settings.ts';
import {
  legalAidRow,
  mediationRow,
  REGISTER_COLUMNS,
  registerLine,
  reintegrationRow,
  type ViewRow,
} from './view-rows.ts';

const SOURCE = 'justice';

interface SqlJusticeDeps extends Pick<
  SqlDoorOptions,
  'driver' | 'retries' | 'maxRows' | 'failuresToOpen' | 'halfOpenAfterMs'
> {
  readonly registerPageSize?: number;
  readonly log?: SourceLog;
}

/**
 * The justice department over views in its database. One statement a category for the whole batch, which also says who
 * is known there. Nothing but views is read, in read-only transactions, with ids as parameters only.
 */
export function sqlJusticeSource(
  settings: JusticeSettings,
  { registerPageSize = 500, log, ...deps }: SqlJusticeDeps = {},
): JusticeSource {
  const door = sqlDoor({
    source: SOURCE,
    url: settings.JUSTICE_URL,
    password: settings.JUSTICE_PASSWORD,
    timeoutMs: settings.JUSTICE_TIMEOUT_MS,
    poolSize: settings.JUSTICE_POOL_SIZE,
    ...deps,
  });

  function readerOf<Row>(view: ViewRow<Row>): Read<Row> {
    return batchedRead({
      source: SOURCE,
      list: view.view,
      isLocalId: isAskable,
      log,
      async readBatch(ids, { signal, since }) {
        const asOf = new Date().toISOString();
        const answer = await door.select(batchOf(view, ids), signal ? { signal } : {});
        const lines = parseAnswer(SOURCE, z.array(ownedLine), answer);
        // The bureau's old and new systems both hold some cases: the same line twice is one row.
        const wanted = onceEach(sealedTogether(ownedRows(view, lines))).filter(
          ({ row }) => (view.dateOf(row) ?? since) >= since,
        );
        return { asOf, known: lines.map((line) => line.known_no), rows: wanted };
      },
    });
  }

  function ownedRows<Row>({ view, schema }: ViewRow<Row>, lines: readonly z.infer<typeof ownedLine>[]) {
    const filled = lines.filter((line) => line.person_no !== null);
    const keyed = z.object({ person_no: key, case_no: keyIfAny }).loose();
    const row = keyed.transform((line, context): Owned<Row> => {
      const parsed = schema.safeParse(line);
      if (parsed.success) return { localId: line.person_no, caseNo: line.case_no, row: parsed.data };
      context.addIssue({ code: 'custom', message: 'not a row of this view' });
      return z.NEVER;
    });
    return usableRows(row, filled, { source: SOURCE, list: view, log });
  }

  async function register(cursor: string | null, { signal }: { signal?: AbortSignal } = {}): Promise<RegisterPage> {
    const answer = await door.select(registerPage(positionOf(cursor), registerPageSize + 1), { signal });
    const lines = parseAnswer(SOURCE, z.array(placedLine), answer);
    const entriesIn = (some: readonly unknown[]) =>
      usableRows(registerLine, some, { source: SOURCE, list: 'v_register', log });
    if (lines.length <= registerPageSize) return { entries: entriesIn(lines), next: null };
    // The last place of the page may have more lines: it opens the next page, so that its lines stay together.
    const last = lines.at(-1)?.place;
    const whole = lines.filter(({ place }) => place !== last);
    const entries = entriesIn(whole);
    const next = entries.at(-1)?.localId;
    if (next !== undefined) return { entries, next: CURSOR + next };
    throw invalidAnswer(SOURCE, 'one id fills a page of the register');
  }

  return {
    legalAidOf: readerOf(legalAidRow),
    mediationOf: readerOf(mediationRow),
    reintegrationOf: readerOf(reintegrationRow),
    register,
    probe: door.probe,
    close: door.close,
  };
}

const ownedLine = z.looseObject({ known_no: key, person_no: keyIfAny });
const placedLine = z.looseObject({ place: key });
const CURSOR = 'after:';
const LONGEST_ID = 64;

/** PostgreSQL refuses NUL and lone surrogates in a text; with them, or too long, an id names nobody. */
const isAskable = (id: string) => id !== '' && id.length <= LONGEST_ID && id.isWellFormed() && !id.includes('\0');

/**
 * Everybody who is known, each with their rows, or once without; whoever is known by sealed records alone, with rows
 * only. A row whose person the register lost still counts.
 */
function batchOf<Row>({ view, columns }: ViewRow<Row>, ids: readonly string[]): SqlStatement {
  const from = sqlName(view);
  return sql`SELECT k.person_no AS known_no, r.person_no, r.case_no, ${columnsOf('r', columns)}
FROM (SELECT person_no FROM v_register WHERE person_no ${among(ids)} AND sealed = '0'
      UNION SELECT person_no FROM ${from} WHERE person_no ${among(ids)}) k
LEFT JOIN ${from} r ON r.person_no = k.person_no AND r.person_no ${among(ids)}`;
}

/**
 * By key and not by offset: lines that come and go while the register is walked shift nothing. What is one place in the
 * order, the database says: to most MariaDBs `a1` and `A1` are one text, and a page that began after one would lose the other.
 */
function registerPage(after: string, lines: number): SqlStatement {
  return sql`SELECT ${columnsOf('g', REGISTER_COLUMNS)}, DENSE_RANK() OVER (ORDER BY g.person_no) AS place FROM (SELECT ${columnsOf('v', REGISTER_COLUMNS)}
FROM v_register v WHERE v.person_no > ${after} ORDER BY v.person_no LIMIT ${lines}) g ORDER BY g.person_no`;
}

function columnsOf(table: string, columns: readonly string[]): SqlStatement {
  const [first = '', ...others] = columns;
  const one = (column: string) => sql`${sqlName(table)}.${sqlName(column)}`;
  return others.reduce((list, column) => sql`${list}, ${one(column)}`, one(first));
}

function positionOf(cursor: string | null): string {
  if (cursor === null) return '';
  const after = cursor.startsWith(CURSOR) ? cursor.slice(CURSOR.length) : '';
  if (isAskable(after)) return after;
  throw invalidAnswer(SOURCE, 'not a cursor of this register');
}

/** A case that is sealed in one of the systems that hold it is sealed in all. */
function sealedTogether<Row>(owned: readonly Owned<Row>[]): readonly Owned<Row>[] {
  const sealedCases = new Set(owned.filter(({ row }) => isSealed(row)).flatMap((one) => caseOf(one) ?? []));
  return owned.map((one) => (sealedCases.has(caseOf(one) ?? '') ? { ...one, row: { ...one.row, sealed: true } } : one));
}

const isSealed = (row: unknown) => typeof row === 'object' && row !== null && 'sealed' in row && row.sealed === true;

function caseOf({ localId, caseNo }: OwnedRow<unknown> & { caseNo: string | null }): string | null {
  const folded = foldWidth(caseNo ?? '');
  return folded === '' ? null : `${localId}\n${folded}`;
}

interface Owned<Row> extends OwnedRow<Row> {
  readonly caseNo: string | null;
}
