import type { z } from 'zod';
import { alignRows } from '../shared/align-rows.ts';
import { chunk } from '../shared/chunk.ts';
import { httpDoor } from '../shared/http-door.ts';
import { parseRows, type SetAside } from '../shared/set-aside.ts';
import { SourceError } from '../shared/source-error.ts';
import type { Read, ReadOptions, RegisterPage, SourceAnswer } from '../shared/source.ts';
import { accessTokens } from './access-tokens.ts';
import { educationApi } from './education-api.ts';
import { assessmentItem, counsellingItem, enrolmentItem, type Owned, protectionItem } from './item-rows.ts';
import type { EducationSource } from './port.ts';
import { registerItem } from './register-item.ts';
import type { EducationSettings } from './settings.ts';

const SOURCE = 'education';
/** Student numbers in one call: 100 stay far below the 8 kB that servers allow an address. */
const LARGEST_BATCH = 100;

interface RestEducationDeps {
  readonly fetch?: typeof globalThis.fetch;
  /** Told what was set aside or dropped, and how much of it: never values. */
  readonly log?: { warn(details: object, message: string): void };
  /** Milliseconds of a clock that only goes forward, for the life of tokens. */
  readonly now?: () => number;
}

interface Batch<Row> {
  readonly asOf: string;
  readonly known: readonly string[];
  readonly rows: readonly Owned<Row>[];
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
  /** One deadline for the token and all pages together. */
  const deadline = (signal: AbortSignal | undefined) =>
    AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])]);

  function readerOf<Row>(path: string, schema: z.ZodType<Owned<Row>>): Read<Row> {
    return async (localIds, { signal }: ReadOptions = {}) => {
      const batches = chunk([...new Set(localIds)].filter(isStudentNo), LARGEST_BATCH);
      const whole = deadline(signal);
      return answerOf(localIds, await Promise.all(batches.map((batch) => readBatch(batch, whole))));
    };

    async function readBatch(ids: readonly string[], signal: AbortSignal): Promise<Batch<Row>> {
      const pages = await api.batch(path, ids, signal);
      const known = pages.flatMap(({ found }) => found);
      if (known.some((id) => !ids.includes(id))) throw invalid('a student who was not asked for');
      return {
        asOf: oldest(pages.map(({ dataTime }) => dataTime)),
        known,
        rows: distinct(
          goodRows(
            path,
            schema,
            pages.flatMap(({ items }) => items),
          ),
        ),
      };
    }
  }

  function answerOf<Row>(localIds: readonly string[], batches: readonly Batch<Row>[]): SourceAnswer<Row> {
    const { rows, foreign } = alignRows(
      localIds,
      batches.flatMap((batch) => batch.rows),
      { keyOf: ({ studentNo }) => studentNo, known: batches.flatMap(({ known }) => known) },
    );
    if (foreign > 0) log?.warn({ source: SOURCE, count: foreign }, 'rows of students not asked for');
    return {
      asOf: oldest(batches.map(({ asOf }) => asOf)),
      cached: false,
      rows: rows.map((own) => own?.map(({ row }) => row) ?? null),
    };
  }

  /** Rows that do not fit are set aside; where none fits, an empty list would be a lie. */
  function goodRows<T>(list: string, schema: z.ZodType<T>, items: readonly unknown[]): T[] {
    const bad: SetAside[] = [];
    const good = parseRows(schema, items, (row) => bad.push(row));
    const [first] = bad;
    if (first === undefined) return good;
    log?.warn({ source: SOURCE, list, setAside: bad.length, of: items.length, reason: first.reason }, 'rows set aside');
    if (good.length === 0) throw invalid(`no usable row: ${first.reason}`);
    return good;
  }

  async function register(cursor: string | null, { signal }: ReadOptions = {}): Promise<RegisterPage> {
    const { items, nextCursor } = await api.page('students', cursor, deadline(signal));
    return { entries: goodRows('students', registerItem, items), next: nextCursor || null };
  }

  return {
    enrolmentOf: readerOf('enrolments', enrolmentItem),
    counsellingOf: readerOf('counselling-services', counsellingItem),
    assessmentOf: readerOf('assessments', assessmentItem),
    protectionOf: readerOf('protection-cases', protectionItem),
    register,
    async probe({ signal }: ReadOptions = {}) {
      await api.ping(deadline(signal));
    },
    async close() {},
  };
}

/** Separators of the list, white space and wild cards never reach it: whoever is called so is nobody's student. */
const isStudentNo = (id: string) => /^[A-Z0-9][A-Z0-9-]{0,31}$/.test(id);

const invalid = (reason: string) => new SourceError('SOURCE_INVALID', { source: SOURCE, cause: new Error(reason) });

const oldest = (instants: readonly string[]) =>
  instants.toSorted((a, b) => Date.parse(a) - Date.parse(b))[0] ?? new Date().toISOString();

/** A row that stands twice, or that moved to another page. Equal rows have equal texts: mappers make them alike. */
function distinct<Row>(rows: readonly Owned<Row>[]): readonly Owned<Row>[] {
  return [...new Map(rows.map((owned) => [JSON.stringify(owned), owned])).values()];
}
