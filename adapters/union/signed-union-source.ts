import type { z } from 'zod';
import { batchedRead } from '../shared/batched-read.ts';
import { deadline } from '../shared/deadline.ts';
import { httpDoor } from '../shared/http-door.ts';
import { oldestInstant } from '../shared/oldest-instant.ts';
import { onceEach } from '../shared/once-each.ts';
import { invalidAnswer } from '../shared/source-error.ts';
import type { SourceLog } from '../shared/source-log.ts';
import type { Read } from '../shared/source.ts';
import { usableRows } from '../shared/usable-rows.ts';
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
  readonly log?: SourceLog;
  /** Milliseconds since 1970, for signatures. */
  readonly now?: () => number;
  readonly pageSize?: number;
}

/**
 * The trade union over REST/JSON with HMAC-signed requests: one list a category for a whole batch (`?memberNos=a,b`), in
 * numbered pages that may shift while they are read. Most batches fit on one page.
 */
export function signedUnionSource(
  settings: UnionSettings,
  { log, now = Date.now, pageSize: size = LARGEST_PAGE, ...deps }: SignedUnionDeps = {},
): UnionSource {
  const timeoutMs = settings.UNION_TIMEOUT_MS;
  const headers = requestSigner({ appKey: settings.UNION_APP_KEY, appSecret: settings.UNION_APP_SECRET, now });
  const api = unionApi(SOURCE, httpDoor({ source: SOURCE, baseUrl: settings.UNION_URL, timeoutMs, headers, ...deps }));

  function readerOf<Row>(list: string, schema: z.ZodType<Owned<Row>>): Read<Row> {
    return batchedRead({
      source: SOURCE,
      list,
      isLocalId: isMemberNo,
      largestBatch: LARGEST_BATCH,
      // For all pages and all passes together.
      deadlineMs: timeoutMs,
      log,
      async readBatch(memberNos, { signal }) {
        const readPage = async (page: number) => api.page(list, { page, size, memberNos, signal });
        const pages = await wholeList({ source: SOURCE, size, readPage });
        const known = pages.flatMap((page) => page.known);
        const asked = new Set(memberNos);
        if (known.some((id) => !asked.has(id))) throw invalidAnswer(SOURCE, 'a member who was not asked for');
        const items = pages.flatMap((page) => page.list);
        const rows = usableRows(schema, items, { source: SOURCE, list, log });
        // A row that branches reported twice comes once; where the copies differ, the newer, which stands first.
        const once = onceEach(rows, ({ localId, id }) => `${localId} ${id}`);
        return { asOf: oldestInstant(pages.map(({ dataTime }) => dataTime)), known, rows: once };
      },
    });
  }

  return {
    employeeAssistanceOf: readerOf('eap/services', assistanceRow),
    hardshipAidOf: readerOf('aid/grants', aidRow),
    workplaceMediationOf: readerOf('mediation/cases', mediationRow),
    async register(cursor, { signal } = {}) {
      const whole = deadline(timeoutMs, signal);
      const readPage = async (page: number) => api.page('members', { page, size, signal: whole });
      const { list, next } = await registerStep(cursor, { source: SOURCE, size, readPage });
      // A last page of one bad line must not stop every walk before its end.
      const mayAllBeBad = cursor !== null && next === null;
      return { entries: usableRows(registerRow, list, { source: SOURCE, list: 'members', log, mayAllBeBad }), next };
    },
    async probe({ signal } = {}) {
      await api.ping(deadline(timeoutMs, signal));
    },
    async close() {},
  };
}
