import type { z } from 'zod';
import { alignRows } from '../shared/align-rows.ts';
import { chunk } from '../shared/chunk.ts';
import { httpDoor } from '../shared/http-door.ts';
import { parseRows, type SetAside } from '../shared/set-aside.ts';
import { SourceError } from '../shared/source-error.ts';
import type { Read, ReadOptions, RegisterPage, SourceAnswer } from '../shared/source.ts';
import { isMemberNo } from './fields.ts';
import { registerRow, registerStep } from './member-register.ts';
import { aidRow, assistanceRow, mediationRow, type Owned } from './member-rows.ts';
import type { UnionSource } from './port.ts';
import { requestSigner } from './request-signature.ts';
import type { UnionSettings } from './settings.ts';
import { unionApi } from './union-api.ts';
import { wholeList } from './whole-list.ts';

const SOURCE = 'union';
/** Member numbers in one call: as many as the service takes. */
const LARGEST_BATCH = 100;
/** Rows on a page: as many as the service gives. */
const LARGEST_PAGE = 200;

interface SignedUnionDeps {
  readonly fetch?: typeof globalThis.fetch;
  /** Told what was set aside or dropped, and how much of it: never values. */
  readonly logger?: { warn(details: object): void };
  /** Milliseconds since 1970, for signatures. */
  readonly now?: () => number;
  readonly pageSize?: number;
}

interface Batch<Row> {
  readonly asOf: string;
  readonly known: readonly string[];
  readonly rows: readonly Owned<Row>[];
}

/**
 * The trade union over REST/JSON with HMAC-signed requests: one list a category for a whole batch (`?memberNos=a,b`), in
 * numbered pages that may shift while they are read. Most batches fit on one page.
 */
export function signedUnionSource(
  settings: UnionSettings,
  { logger, now = Date.now, pageSize: size = LARGEST_PAGE, ...deps }: SignedUnionDeps = {},
): UnionSource {
  const timeoutMs = settings.UNION_TIMEOUT_MS;
  const headers = requestSigner({ appKey: settings.UNION_APP_KEY, appSecret: settings.UNION_APP_SECRET, now });
  const api = unionApi(SOURCE, httpDoor({ source: SOURCE, baseUrl: settings.UNION_URL, timeoutMs, headers, ...deps }));
  /** One deadline for all pages and all passes together. */
  const deadline = (signal: AbortSignal | undefined) =>
    AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])]);

  function readerOf<Row>(path: string, schema: z.ZodType<Owned<Row>>): Read<Row> {
    return async (localIds, { signal }: ReadOptions = {}) => {
      const batches = chunk([...new Set(localIds)].filter(isMemberNo), LARGEST_BATCH);
      const whole = deadline(signal);
      return answerOf(localIds, await Promise.all(batches.map((batch) => readBatch(batch, whole))));
    };

    async function readBatch(memberNos: readonly string[], signal: AbortSignal): Promise<Batch<Row>> {
      const readPage = async (page: number) => api.page(path, { page, size, memberNos, signal });
      const pages = await wholeList({ source: SOURCE, size, readPage });
      const known = pages.flatMap((page) => page.known);
      const asked = new Set(memberNos);
      if (known.some((memberNo) => !asked.has(memberNo))) throw invalid('a member who was not asked for');
      const items = pages.flatMap(({ list }) => list);
      const rows = distinct(goodRows(path, schema, items));
      if (rows.length === 0 && items.length > 0) throw noneUsable();
      return { asOf: oldest(pages.map(({ dataTime }) => dataTime)), known, rows };
    }
  }

  function answerOf<Row>(localIds: readonly string[], batches: readonly Batch<Row>[]): SourceAnswer<Row> {
    const { rows, foreign } = alignRows(
      localIds,
      batches.flatMap((batch) => batch.rows),
      { keyOf: ({ memberNo }) => memberNo, known: batches.flatMap(({ known }) => known) },
    );
    if (foreign > 0) logger?.warn({ source: SOURCE, problem: 'rows of members not asked for', count: foreign });
    return {
      asOf: oldest(batches.map(({ asOf }) => asOf)),
      cached: false,
      rows: rows.map((own) => own?.map(({ row }) => row) ?? null),
    };
  }

  /** Rows that do not fit are set aside. */
  function goodRows<T>(list: string, schema: z.ZodType<T>, items: readonly unknown[]): T[] {
    const bad: SetAside[] = [];
    const good = parseRows(schema, items, (row) => bad.push(row));
    const [first] = bad;
    if (first !== undefined) {
      logger?.warn({ source: SOURCE, list, setAside: bad.length, of: items.length, reason: first.reason });
    }
    return good;
  }

  async function register(cursor: string | null, { signal }: ReadOptions = {}): Promise<RegisterPage> {
    const whole = deadline(signal);
    const readPage = async (page: number) => api.page('members', { page, size, signal: whole });
    const { list, next } = await registerStep(cursor, { source: SOURCE, size, readPage });
    const entries = goodRows('members', registerRow, list);
    // A last page of one bad line must not stop every walk before its end.
    if (entries.length === 0 && list.length > 0 && (cursor === null || next !== null)) throw noneUsable();
    return { entries, next };
  }

  return {
    employeeAssistanceOf: readerOf('eap/services', assistanceRow),
    hardshipAidOf: readerOf('aid/grants', aidRow),
    workplaceMediationOf: readerOf('mediation/cases', mediationRow),
    register,
    async probe({ signal }: ReadOptions = {}) {
      await api.ping(deadline(signal));
    },
    async close() {},
  };
}

const invalid = (reason: string) => new SourceError('SOURCE_INVALID', { source: SOURCE, cause: new Error(reason) });

/** Where no row can be used an empty list would be a lie. */
const noneUsable = () => invalid('no usable row');

const oldest = (instants: readonly string[]) =>
  instants.toSorted((a, b) => Date.parse(a) - Date.parse(b))[0] ?? new Date().toISOString();

/** A row that branches reported twice comes once; where the copies differ, the newer, which stands first. */
function distinct<Row>(rows: readonly Owned<Row>[]): readonly Owned<Row>[] {
  const byKey = new Map<string, Owned<Row>>();
  for (const owned of rows) {
    const key = `${owned.memberNo} ${owned.id}`;
    if (!byKey.has(key)) byKey.set(key, owned);
  }
  return [...byKey.values()];
}
