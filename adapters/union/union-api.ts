import { z } from 'zod';
import type { DoorAnswer } from '../shared/door-answer.ts';
import type { HttpDoor } from '../shared/http-door.ts';
import { parseAnswer } from '../shared/parse-answer.ts';
import { invalidAnswer, SourceError } from '../shared/source-error.ts';
import { unionField } from './fields.ts';

/** One page of a list, as it stood when it was asked for. */
export interface ListPage {
  readonly dataTime: string;
  /** Rows of the whole list. */
  readonly total: number;
  readonly list: readonly unknown[];
  /** Those of the members asked for whom the union has; empty where no members were named. */
  readonly known: readonly string[];
  /** Of the answer that it came in. */
  readonly bytes: number;
}

export interface PageAsked {
  readonly page: number;
  readonly size: number;
  readonly memberNos?: readonly string[];
  readonly signal?: AbortSignal | undefined;
}

export interface UnionApi {
  /** Throws SOURCE_INVALID too where another page came than was asked for. */
  page(path: string, asked: PageAsked): Promise<ListPage>;
  ping(signal: AbortSignal | undefined): Promise<void>;
}

const dataTime = z.iso.datetime({ offset: true });
const listData = z.object({
  dataTime,
  total: z.number().int().min(0),
  page: z.number().int(),
  size: z.number().int(),
  list: z.array(z.unknown()),
  known: z.array(unionField.memberNo).default([]),
});
/** Failures have no data, or data of another form. */
const envelope = z.object({ code: z.number().int(), data: z.unknown().optional() });

/** The union's REST service. It says most failures with HTTP status 200 and a code. Throws `SourceError` only. */
export function unionApi(source: string, door: Pick<HttpDoor, 'get'>): UnionApi {
  async function dataOf<T>(
    schema: z.ZodType<T>,
    path: string,
    {
      query,
      signal,
    }: { query?: Readonly<Record<string, string | number | undefined>>; signal?: AbortSignal | undefined },
  ): Promise<{ data: T; bytes: number }> {
    const answer = await door.get(path, {
      signal,
      ...(query && { query }),
      // A refused signature comes as 401 with a code. A list that finds nothing is empty: 404 is a wrong base URL.
      pass: ({ status, contentType }) => status === 401 && contentType === 'application/json',
      inspect: (given) => refuseFailure(source, given),
    });
    return { data: parseAnswer(source, schema, answer.json(envelope).data), bytes: answer.body.length };
  }

  return {
    async page(path, { page, size, memberNos, signal }) {
      const query = { memberNos: memberNos?.join(','), page, size };
      const { data, bytes } = await dataOf(listData, path, { query, signal });
      if (data.page !== page || data.size !== size) {
        throw invalidAnswer(source, 'another page than was asked for');
      }
      return { ...data, bytes };
    },
    async ping(signal) {
      await dataOf(z.object({ dataTime }), 'ping', { signal });
    },
  };
}

/** Looked at for every try, so that a busy service is asked again and counts as failing. */
function refuseFailure(source: string, answer: DoorAnswer): void {
  const { code } = answer.json(envelope);
  const cause = new Error(`HTTP ${answer.status}, code ${code}`);
  // A wrong key, a wrong secret, a clock that is off: the log's cause tells which.
  if (answer.status === 401) throw new SourceError('SOURCE_UNAVAILABLE', { source, cause, transient: false });
  if (code === 0) return;
  throw new SourceError(isBusy(code) ? 'SOURCE_UNAVAILABLE' : 'SOURCE_INVALID', { source, cause });
}

/** 429xx: too many requests; 5xxxx: an error there or maintenance. The rest finds fault with the question. */
const isBusy = (code: number) => Math.floor(code / 100) === 429 || Math.floor(code / 10_000) === 5;
