import { z } from 'zod';
import { batchedRead } from '../shared/batched-read.ts';
import { onceEach } from '../shared/once-each.ts';
import { parseAnswer } from '../shared/parse-answer.ts';
import { soapDoor } from '../shared/soap-door.ts';
import type { SoapReply } from '../shared/soap-door.ts';
import { invalidAnswer, SourceError } from '../shared/source-error.ts';
import type { SourceLog } from '../shared/source-log.ts';
import type { Read } from '../shared/source.ts';
import { usableRows } from '../shared/usable-rows.ts';
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
const LIST_REGISTER = 'ListRegister';
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
  readonly log?: SourceLog;
}

/**
 * Civil affairs over SOAP 1.1, by the contract in `civil-affairs.wsdl` beside this file: one call a category for a
 * whole batch. Rows that stand twice are given once; a row without its code or first date is set aside.
 */
export function soapCivilAffairsSource(
  settings: CivilAffairsSettings,
  { fetch, log }: SoapCivilAffairsDeps = {},
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
    return batchedRead({
      source: SOURCE,
      list: operation,
      isLocalId: isPersonNo,
      largestBatch: LARGEST_BATCH,
      log,
      async readBatch(ids, { signal }) {
        const reply = await door.call(operation, { personNos: { personNo: ids } }, { signal });
        if ('fault' in reply) return { asOf: null, known: [], rows: [] };
        const { dataTime, person } = parsedAs(recordsAnswer, reply.answer, ['person', 'record']);
        const answered = new Set(person.map(({ personNo }) => personNo));
        if (!ids.every((id) => answered.has(id))) throw invalid('a person who was asked for is missing');
        const found = person.filter((one) => one.found);
        const owned = z.object({ localId: z.string(), row: schema });
        const records = found.flatMap(({ personNo, record }) => record.map((row) => ({ localId: personNo, row })));
        return {
          asOf: dataTime,
          known: found.map(({ personNo }) => personNo),
          rows: onceEach(usableRows(owned, records, { source: SOURCE, list: operation, log })),
        };
      },
    });
  }

  return {
    assistanceOf: readerOf('GetAssistanceRecords', assistanceRow),
    childWelfareOf: readerOf('GetChildWelfareRecords', childWelfareRow),
    elderlyCareOf: readerOf('GetElderlyCareRecords', elderlyCareRow),
    familyGuidanceOf: readerOf('GetFamilyGuidanceRecords', familyGuidanceRow),
    async register(cursor, { signal } = {}) {
      if (cursor !== null && !isXmlText(cursor)) throw invalid('not a page token');
      const reply = await door.call(LIST_REGISTER, { pageToken: cursor, pageSize: REGISTER_PAGE }, { signal });
      const { person, nextPageToken } = parsedAs(registerAnswer, answerIn(reply), ['person']);
      if (nextPageToken !== undefined && nextPageToken === cursor) throw invalid('a page that is its own successor');
      const entries = usableRows(registerRow, person, { source: SOURCE, list: LIST_REGISTER, log });
      return { entries, next: nextPageToken || null };
    },
    async probe({ signal } = {}) {
      answerIn(await door.call('Ping', {}, { signal }));
    },
    async close() {},
  };
}

/** What XML cannot carry, or what SOAP stacks trim, is nobody's number. */
const isPersonNo = (id: string) => id !== '' && id.trim() === id && isXmlText(id);

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

const invalid = (reason: string) => invalidAnswer(SOURCE, reason);
