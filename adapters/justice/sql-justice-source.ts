import { z } from 'zod';
import { alignRows } from '../shared/align-rows.ts';
import { parseAnswer } from '../shared/parse-answer.ts';
import { parseRows, type SetAside } from '../shared/set-aside.ts';
import { SourceError } from '../shared/source-error.ts';
import type { Read, RegisterPage } from '../shared/source.ts';
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
  /** Told how many rows were set aside, and why: never their values. */
  readonly logger?: { warn(details: object): void };
}

/**
 * The justice department over views in its database. One statement a category for the whole batch, which also says who
 * is known there. Nothing but views is read, in read-only transactions, with ids as parameters only.
 */
export function sqlJusticeSource(
  settings: JusticeSettings,
  { registerPageSize = 500, logger, ...deps }: SqlJusticeDeps = {},
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
    return async (localIds, { since = '', signal } = {}) => {
      const asOf = new Date().toISOString();
      const ids = [...new Set(localIds)].filter(isAskable);
      // Nobody to ask about, but a caller who has gone is told so all the same.
      const lines = ids.length === 0 && !signal?.aborted ? [] : await door.select(batchOf(view, ids), { signal });
      const { known, owned } = ownedRows(view, parseAnswer(SOURCE, z.array(ownedLine), lines));
      const wanted = onceEach(owned).filter(({ row }) => (view.dateOf(row) ?? since) >= since);
      const { rows, foreign } = alignRows(localIds, wanted, { keyOf: ({ personNo }) => personNo, known });
      if (foreign > 0) logger?.warn({ source: SOURCE, view: view.view, foreign });
      return { asOf, cached: false, rows: rows.map((found) => found && found.map(({ row }) => row)) };
    };
  }

  function ownedRows<Row>({ view, schema }: ViewRow<Row>, lines: readonly z.infer<typeof ownedLine>[]) {
    const known = lines.map((line) => line.known_no);
    const filled = lines.filter((line) => line.person_no !== null);
    const keyed = z.object({ person_no: key, case_no: keyIfAny }).loose();
    const row = keyed.transform((line, context) => {
      const parsed = schema.safeParse(line);
      if (parsed.success) return { personNo: line.person_no, caseNo: line.case_no, row: parsed.data };
      context.addIssue({ code: 'custom', message: 'not a row of this view' });
      return z.NEVER;
    });
    return { known, owned: parseAll(view, row, filled) };
  }

  /** Rows that do not fit are set aside; where none fits, an empty list would be a lie. */
  function parseAll<T>(view: string, schema: z.ZodType<T>, lines: readonly unknown[]): T[] {
    const bad: SetAside[] = [];
    const good = parseRows(schema, lines, (line) => bad.push(line));
    const [first] = bad;
    if (first === undefined) return good;
    logger?.warn({ source: SOURCE, view, setAside: bad.length, of: lines.length, reason: first.reason });
    if (good.length > 0) return good;
    throw new SourceError('SOURCE_INVALID', { source: SOURCE, cause: new Error(`no usable row: ${first.reason}`) });
  }

  async function register(cursor: string | null, { signal }: { signal?: AbortSignal } = {}): Promise<RegisterPage> {
    const lines = await door.select(registerPage(positionOf(cursor), registerPageSize + 1), { signal });
    const entries = parseAll('v_register', registerLine, lines);
    if (lines.length <= registerPageSize) return { entries, next: null };
    // The last id of the page may have more lines: it opens the next page, so that its lines stay together.
    const lastId = entries.at(-1)?.localId;
    const whole = entries.filter(({ localId }) => localId !== lastId);
    const next = whole.at(-1)?.localId;
    if (next !== undefined) return { entries: whole, next: CURSOR + next };
    throw new SourceError('SOURCE_INVALID', {
      source: SOURCE,
      cause: new Error('one id fills a page of the register'),
    });
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
const CURSOR = 'after:';
const LONGEST_ID = 64;

/** PostgreSQL refuses NUL and lone surrogates in a text; with them, or too long, an id names nobody. */
const isAskable = (id: string) => id !== '' && id.length <= LONGEST_ID && id.isWellFormed() && !id.includes('\0');

/** Everybody who is known, each with their rows, or once without. A row whose person the register lost still counts. */
function batchOf<Row>({ view, columns, sealedCountAsUnknown }: ViewRow<Row>, ids: readonly string[]): SqlStatement {
  const from = sqlName(view);
  const open = sealedCountAsUnknown ? sql` AND sealed = '0'` : sql``;
  return sql`SELECT k.person_no AS known_no, r.person_no, r.case_no, ${columnsOf('r', columns)}
FROM (SELECT person_no FROM v_register WHERE person_no ${among(ids)}${open}
      UNION SELECT person_no FROM ${from} WHERE person_no ${among(ids)}) k
LEFT JOIN ${from} r ON r.person_no = k.person_no AND r.person_no ${among(ids)}`;
}

/** By key and not by offset: lines that come and go while the register is walked shift nothing. */
function registerPage(after: string, lines: number): SqlStatement {
  return sql`SELECT ${columnsOf('g', REGISTER_COLUMNS)} FROM (SELECT ${columnsOf('v', REGISTER_COLUMNS)}
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
  throw new SourceError('SOURCE_INVALID', { source: SOURCE, cause: new Error('not a cursor of this register') });
}

interface Owned<Row> {
  readonly personNo: string;
  readonly caseNo: string | null;
  readonly row: Row;
}

/** The bureau's old and new systems both hold some cases: the same line twice is one row. */
function onceEach<Row>(owned: readonly Owned<Row>[]): readonly Owned<Row>[] {
  return [...new Map(owned.map((one) => [JSON.stringify(one), one])).values()];
}
