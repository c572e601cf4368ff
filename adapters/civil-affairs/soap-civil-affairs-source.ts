import { z } from 'zod';
import { alignRows } from '../shared/align-rows.ts';
import { chunk } from '../shared/chunk.ts';
import { parseAnswer } from '../shared/parse-answer.ts';
import { parseRows } from '../shared/set-aside.ts';
import { soapDoor } from '../shared/soap-door.ts';
import type { SoapReply } from '../shared/soap-door.ts';
import { SourceError } from '../shared/source-error.ts';
import type { Read, ReadOptions, RegisterPage, SourceAnswer } from '../shared/source.ts';
import type { XmlElement } from '../shared/xml-element.ts';
import { xmlRecord } from '../shared/xml-record.ts';
import { isXmlText } from '../shared/xml-text.ts';
import { assistanceRow } from './assistance-row.ts';
import { childWelfareRow } from './child-welfare-row.ts';
import { elderlyCareRow } from './elderly-care-row.ts';
import { familyGuidanceRow } from './family-guidance-row.ts';
import type { CivilAffairsSource } from './port.ts';
import { registerRow } from './register-row.ts';
import type { CivilAffairsSettings } from './settings.ts';

const SOURCE = 'civil-affairs';
const NAMESPACE = 'urn:civil-affairs:care:v1';
/** The contract's limit. */
const LARGEST_BATCH = 200;
const REGISTER_PAGE = 100;
/** None of the persons asked for is known there. */
const NO_SUCH_PERSON = 'NO_SUCH_PERSON';

const recordsAnswer = z.object({
  dataTime: z.iso.datetime({ offset: true }),
  person: z
    .array(
      z.object({
        personNo: z.string(),
        found: z.enum(['true', 'false', '1', '0']).transform((found) => found === 'true' || found === '1'),
        record: z.array(z.unknown()).default([]),
      }),
    )
    .default([]),
});
const registerAnswer = z.object({
  person: z.array(z.unknown()).default([]),
  nextPageToken: z.string().max(500).optional(),
});

interface SoapCivilAffairsDeps {
  readonly fetch?: typeof globalThis.fetch;
  /** Told what was set aside or dropped, and how much of it: never values. */
  readonly logger?: { warn(details: object): void };
  readonly now?: () => Date;
}

/**
 * Civil affairs over SOAP 1.1, by the contract in `civil-affairs.wsdl` beside this file: one call a category for a
 * whole batch. Rows that stand twice are given once; a row without its code or first date is set aside.
 */
export function soapCivilAffairsSource(
  settings: CivilAffairsSettings,
  { fetch, logger, now = () => new Date() }: SoapCivilAffairsDeps = {},
): CivilAffairsSource {
  const door = soapDoor({
    source: SOURCE,
    endpoint: settings.CIVIL_AFFAIRS_URL,
    namespace: NAMESPACE,
    credentials: { user: settings.CIVIL_AFFAIRS_USER, password: settings.CIVIL_AFFAIRS_PASSWORD },
    timeoutMs: settings.CIVIL_AFFAIRS_TIMEOUT_MS,
    businessFaults: [NO_SUCH_PERSON],
    ...(fetch && { fetch }),
  });

  function readerOf<Row>(operation: string, schema: z.ZodType<Row>): Read<Row> {
    return async (localIds, { signal }: ReadOptions = {}) => {
      const ids = [...new Set(localIds)].filter(isPersonNo);
      const batches = await Promise.all(chunk(ids, LARGEST_BATCH).map((batch) => readBatch(batch, signal)));
      return answerOf(localIds, batches);
    };

    async function readBatch(ids: readonly string[], signal: AbortSignal | undefined): Promise<Batch<Row>> {
      const reply = await door.call(operation, { personNos: { personNo: ids } }, { signal });
      if ('fault' in reply) return { asOf: null, known: [], rows: [] };
      const { dataTime, person } = parsedAs(recordsAnswer, reply.answer, ['person', 'record']);
      const answered = new Set(person.map(({ personNo }) => personNo));
      if (!ids.every((id) => answered.has(id))) throw invalid('a person who was asked for is missing');
      const found = person.filter((one) => one.found);
      const rows = found.flatMap(({ personNo, record }) =>
        distinct(goodRows(operation, schema, record)).map((row) => ({ personNo, row })),
      );
      return { asOf: dataTime, known: found.map(({ personNo }) => personNo), rows };
    }
  }

  function answerOf<Row>(localIds: readonly string[], batches: readonly Batch<Row>[]): SourceAnswer<Row> {
    const { rows, foreign } = alignRows(
      localIds,
      batches.flatMap((batch) => batch.rows),
      { keyOf: ({ personNo }) => personNo, known: batches.flatMap(({ known }) => known) },
    );
    if (foreign > 0) logger?.warn({ source: SOURCE, problem: 'rows of persons not asked for', count: foreign });
    const times = batches.flatMap(({ asOf }) => asOf ?? []);
    const oldest = times.toSorted((a, b) => Date.parse(a) - Date.parse(b))[0];
    return {
      asOf: oldest ?? now().toISOString(),
      cached: false,
      rows: rows.map((own) => own?.map(({ row }) => row) ?? null),
    };
  }

  async function register(cursor: string | null, { signal }: ReadOptions = {}): Promise<RegisterPage> {
    if (cursor !== null && !isXmlText(cursor)) throw invalid('not a page token');
    const reply = await door.call('ListRegister', { pageToken: cursor, pageSize: REGISTER_PAGE }, { signal });
    const { person, nextPageToken } = parsedAs(registerAnswer, answerIn(reply), ['person']);
    if (nextPageToken !== undefined && nextPageToken === cursor) throw invalid('a page that is its own successor');
    return { entries: goodRows('ListRegister', registerRow, person), next: nextPageToken || null };
  }

  function goodRows<Row>(operation: string, schema: z.ZodType<Row>, records: readonly unknown[]): Row[] {
    return parseRows(schema, records, ({ reason }) =>
      logger?.warn({ source: SOURCE, operation, problem: 'a row was set aside', reason }),
    );
  }

  return {
    assistanceOf: readerOf('GetAssistanceRecords', assistanceRow),
    childWelfareOf: readerOf('GetChildWelfareRecords', childWelfareRow),
    elderlyCareOf: readerOf('GetElderlyCareRecords', elderlyCareRow),
    familyGuidanceOf: readerOf('GetFamilyGuidanceRecords', familyGuidanceRow),
    register,
    async probe({ signal }: ReadOptions = {}) {
      answerIn(await door.call('Ping', {}, { signal }));
    },
    async close() {},
  };
}

/** What XML cannot carry, or what SOAP stacks trim, is nobody's number. */
const isPersonNo = (id: string) => id !== '' && id.trim() === id && isXmlText(id);

interface Batch<Row> {
  /** `null` where the service said only that it knows nobody. */
  readonly asOf: string | null;
  readonly known: readonly string[];
  readonly rows: readonly { readonly personNo: string; readonly row: Row }[];
}

function parsedAs<T>(schema: z.ZodType<T>, answer: XmlElement, lists: readonly string[]): T {
  return parseAnswer(SOURCE, schema, recordOf(answer, lists));
}

function recordOf(answer: XmlElement, lists: readonly string[]): unknown {
  try {
    return xmlRecord(answer, lists);
  } catch (cause) {
    throw new SourceError('SOURCE_INVALID', { source: SOURCE, cause });
  }
}

function answerIn(reply: SoapReply): XmlElement {
  if ('fault' in reply) throw invalid('a fault that answers another question');
  return reply.answer;
}

const invalid = (reason: string) => new SourceError('SOURCE_INVALID', { source: SOURCE, cause: new Error(reason) });

/** Mappers build their rows with the same keys in the same order, so equal rows have equal texts. */
function distinct<Row>(rows: readonly Row[]): Row[] {
  return [...new Map(rows.map((row) => [JSON.stringify(row), row])).values()];
}
