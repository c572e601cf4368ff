import { z } from 'zod';
import { type AccessTokens, withToken } from '../shared/access-tokens.ts';
import type { DoorAnswer } from '../shared/door-answer.ts';
import type { HttpDoor } from '../shared/http-door.ts';
import { readBudget } from '../shared/read-budget.ts';
import { invalidAnswer } from '../shared/source-error.ts';
import { educationField } from './fields.ts';

/** More pages than any batch can need: a service that goes on is stuck in a circle. */
const MAX_PAGES = 50;
/** Items on a page; the service gives no more. */
const PAGE_SIZE = 200;

const page = z.object({
  dataTime: z.iso.datetime({ offset: true }),
  items: z.array(z.unknown()),
  nextCursor: z.string().max(1_000).nullish(),
});
const batchPage = page.extend({
  /** Those of the students asked for whom the department has on file, with or without items. */
  found: z.array(educationField.studentNo),
});
type Page = z.infer<typeof page>;
type BatchPage = z.infer<typeof batchPage>;
type Query = Readonly<Record<string, string | number | undefined>>;

export interface EducationApi {
  /** One page of a list, from a cursor that an earlier one gave. */
  page(path: string, cursor: string | null, signal: AbortSignal | undefined): Promise<Page>;
  /** All pages about these students. */
  batch(path: string, studentNos: readonly string[], signal: AbortSignal | undefined): Promise<readonly BatchPage[]>;
  ping(signal: AbortSignal | undefined): Promise<void>;
}

interface EducationApiDeps {
  readonly source: string;
  readonly door: Pick<HttpDoor, 'get'>;
  readonly tokens: AccessTokens;
}

/** The department's REST service behind its bearer tokens. Throws `SourceError` only. */
export function educationApi({ source, door, tokens }: EducationApiDeps): EducationApi {
  // A list that finds nothing is empty: 404 is a wrong base URL.
  const get = async (path: string, query: Query, signal: AbortSignal | undefined): Promise<DoorAnswer> =>
    withToken(tokens, signal, ({ authorization, pass }) =>
      door.get(path, { query, signal, pass, headers: { authorization } }),
    );

  async function readPage<P extends Page>(
    schema: z.ZodType<P>,
    { path, query, signal }: { path: string; query: Query; signal: AbortSignal | undefined },
  ): Promise<{ found: P; bytes: number }> {
    const answer = await get(path, { ...query, limit: PAGE_SIZE }, signal);
    return { found: answer.json(schema), bytes: answer.body.length };
  }

  return {
    async page(path, cursor, signal) {
      const { found } = await readPage(page, { path, query: { cursor: cursor ?? undefined }, signal });
      if (cursor !== null && found.nextCursor === cursor) throw endless(source);
      return found;
    },
    async batch(path, studentNos, signal) {
      const pages: BatchPage[] = [];
      const seen = new Set<string>();
      const spend = readBudget(source);
      for (let cursor: string | undefined; ;) {
        const query: Query = { studentNo: studentNos.join(','), cursor };
        const { found: next, bytes }: { found: BatchPage; bytes: number } = await readPage(batchPage, {
          path,
          query,
          signal,
        });
        spend({ rows: next.items.length, bytes });
        pages.push(next);
        if (!next.nextCursor) return pages;
        if (seen.has(next.nextCursor) || pages.length >= MAX_PAGES) throw endless(source);
        seen.add(next.nextCursor);
        cursor = next.nextCursor;
      }
    },
    async ping(signal) {
      (await get('ping', {}, signal)).json(z.object({ status: z.literal('UP') }));
    },
  };
}

const endless = (source: string) => invalidAnswer(source, 'the pages of a list do not end');
