import type { z } from 'zod';
import { accessTokens } from '../shared/access-tokens.ts';
import { batchedRead } from '../shared/batched-read.ts';
import { deadline } from '../shared/deadline.ts';
import { httpDoor } from '../shared/http-door.ts';
import { oldestInstant } from '../shared/oldest-instant.ts';
import { onceEach } from '../shared/once-each.ts';
import { invalidAnswer } from '../shared/source-error.ts';
import type { SourceLog } from '../shared/source-log.ts';
import type { Read } from '../shared/source.ts';
import { usableRows } from '../shared/usable-rows.ts';
import { educationApi } from './education-api.ts';
import { isStudentNo } from './fields.ts';
import { assessmentItem, counsellingItem, enrolmentItem, type Owned, protectionItem } from './item-rows.ts';
import type { EducationSource } from './port.ts';
import { registerItem } from './register-item.ts';
import type { EducationSettings } from './settings.ts';

const SOURCE = 'education';
/** Student numbers in one call: 100 stay far below the 8 kB that servers allow an address. */
const LARGEST_BATCH = 100;

interface RestEducationDeps {
  readonly fetch?: typeof globalThis.fetch;
  readonly log?: SourceLog;
  /** Milliseconds of a clock that only goes forward, for the life of tokens. */
  readonly now?: () => number;
}

/**
 * The education department over REST/JSON with OAuth 2 client credentials: one list a category for a whole batch
 * (`?studentNo=a,b`), followed by its cursor pages. One token serves all reads until it ends.
 */
export function restEducationSource(
  settings: EducationSettings,
  { log, now, ...deps }: RestEducationDeps = {},
): EducationSource {
  const timeoutMs = settings.EDUCATION_TIMEOUT_MS;
  const door = httpDoor({ source: SOURCE, baseUrl: settings.EDUCATION_URL, timeoutMs, ...deps });
  const tokens = accessTokens({
    source: SOURCE,
    door,
    path: 'oauth/token',
    clientId: settings.EDUCATION_CLIENT_ID,
    clientSecret: settings.EDUCATION_CLIENT_SECRET,
    ...(now && { now }),
  });
  const api = educationApi({ source: SOURCE, door, tokens });

  function readerOf<Row>(list: string, schema: z.ZodType<Owned<Row>>): Read<Row> {
    return batchedRead({
      source: SOURCE,
      list,
      isLocalId: isStudentNo,
      largestBatch: LARGEST_BATCH,
      // For the token and all pages together.
      deadlineMs: timeoutMs,
      log,
      async readBatch(ids, { signal }) {
        const pages = await api.batch(list, ids, signal);
        const known = pages.flatMap(({ found }) => found);
        if (known.some((id) => !ids.includes(id))) throw invalidAnswer(SOURCE, 'a student who was not asked for');
        const items = pages.flatMap((page) => page.items);
        return {
          asOf: oldestInstant(pages.map(({ dataTime }) => dataTime)),
          known,
          // A row may stand there twice, or have moved to another page.
          rows: onceEach(usableRows(schema, items, { source: SOURCE, list, log }), ({ localId, recordNo, row }) =>
            JSON.stringify([localId, recordNo ?? row]),
          ),
        };
      },
    });
  }

  return {
    enrolmentOf: readerOf('enrolments', enrolmentItem),
    counsellingOf: readerOf('counselling-services', counsellingItem),
    assessmentOf: readerOf('assessments', assessmentItem),
    protectionOf: readerOf('protection-cases', protectionItem),
    async register(cursor, { signal } = {}) {
      const list = 'students';
      const { items, nextCursor } = await api.page(list, cursor, deadline(timeoutMs, signal));
      // A later page of one bad line must not stop every walk before its end.
      const mayAllBeBad = cursor !== null;
      const entries = usableRows(registerItem, items, { source: SOURCE, list, log, mayAllBeBad });
      return { entries, next: nextCursor || null };
    },
    async probe({ signal } = {}) {
      await api.ping(deadline(timeoutMs, signal));
    },
    async close() {},
  };
}
