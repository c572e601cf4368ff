import { z } from 'zod';
import { chunk } from '../shared/chunk.ts';
import { type HeldEntry, heldInOrder } from '../shared/held-in-order.ts';
import { parseAnswer } from '../shared/parse-answer.ts';
import type { Delivery, DeskReferral, ReferralDesk } from '../shared/referral-desk.ts';
import type { SoapContent } from '../shared/soap-envelope.ts';
import { type SoapReply, soapDoor } from '../shared/soap-door.ts';
import { invalidAnswer, SourceError } from '../shared/source-error.ts';
import type { SourceLog } from '../shared/source-log.ts';
import { usableRows } from '../shared/usable-rows.ts';
import { xmlRecord } from '../shared/xml-record.ts';
import { isXmlText } from '../shared/xml-text.ts';
import { referralRow } from './referral-row.ts';
import type { CivilAffairsSettings } from './settings.ts';

const SOURCE = 'civil-affairs';
const NAMESPACE = 'urn:civil-affairs:care:v1';
/** The contract's limit. */
const LARGEST_BATCH = 50;
const PAGE_SIZE = 100;

/** What the bureau says instead of a receipt. */
const FAULTS: Readonly<Record<string, Delivery>> = {
  DUPLICATE_MESSAGE: 'TAKEN',
  OLDER_VERSION: 'NEWER_THERE',
  NOT_ACCEPTED: 'REFUSED',
};

const receipt = z.object({ receiptNo: z.string() });
const entries = z.object({ entry: z.array(z.unknown()).default([]) });
const answers = entries.extend({
  nextToken: z.string().min(1).max(500),
  more: z.enum(['true', 'false', '1', '0']).transform((more) => more === 'true' || more === '1'),
});

interface SoapDeskDeps {
  readonly fetch?: typeof globalThis.fetch;
  readonly log?: SourceLog;
}

/**
 * The civil-affairs department's desk over SOAP 1.1, by the contract in `civil-affairs.wsdl` beside this file: a message
 * of one id is taken once, however often it is sent.
 */
export function soapReferralDesk(settings: CivilAffairsSettings, { fetch, log }: SoapDeskDeps = {}): ReferralDesk {
  const door = soapDoor({
    source: SOURCE,
    endpoint: settings.CIVIL_AFFAIRS_URL,
    namespace: NAMESPACE,
    credentials: { user: settings.CIVIL_AFFAIRS_USER, password: settings.CIVIL_AFFAIRS_PASSWORD },
    timeoutMs: settings.CIVIL_AFFAIRS_TIMEOUT_MS,
    businessFaults: Object.keys(FAULTS),
    ...(fetch && { fetch }),
  });

  async function deliverOne(referral: DeskReferral, signal: AbortSignal | undefined): Promise<Delivery> {
    const reply = await door.call('SubmitReferral', messageOf(referral), { signal });
    if ('fault' in reply) return FAULTS[reply.fault] ?? 'REFUSED';
    parsedAs(receipt, reply);
    return 'TAKEN';
  }

  const rowsOf = (list: string, entry: readonly unknown[]): readonly HeldEntry[] =>
    // One bad entry must not stop all that come after it.
    usableRows(referralRow, entry, { source: SOURCE, list, log, mayAllBeBad: true });

  return {
    async deliver(referrals, { signal } = {}) {
      const outcomes: Delivery[] = [];
      // One after the other: what was taken before the system failed is known to be.
      for (const referral of referrals) outcomes.push(await deliverOne(referral, signal));
      return outcomes;
    },
    async answersSince(cursor, { signal } = {}) {
      if (cursor !== null && !isXmlText(cursor)) throw invalidAnswer(SOURCE, 'not a cursor of the answers');
      const asked = { sinceToken: cursor, pageSize: PAGE_SIZE };
      const page = parsedAs(answers, await door.call('ListReferralAnswers', asked, { signal }));
      if (page.more && page.nextToken === cursor) throw invalidAnswer(SOURCE, 'the pages of the answers do not end');
      const rows = rowsOf('ListReferralAnswers', page.entry);
      return { answers: rows.flatMap(({ answer }) => answer ?? []), next: page.nextToken, more: page.more };
    },
    async held(referralIds, { signal } = {}) {
      return heldInOrder(referralIds, async (ids) => {
        const found: HeldEntry[] = [];
        for (const referralId of chunk(ids, LARGEST_BATCH)) {
          const { entry } = parsedAs(entries, await door.call('GetReferrals', { referralId }, { signal }));
          found.push(...rowsOf('GetReferrals', entry));
        }
        return found;
      });
    },
    async close() {},
  };
}

function parsedAs<T>(schema: z.ZodType<T>, reply: SoapReply): T {
  if ('fault' in reply) throw invalidAnswer(SOURCE, 'a fault that answers another question');
  return parseAnswer(SOURCE, schema, recordOf(reply.answer));
}

function recordOf(answer: Parameters<typeof xmlRecord>[0]): unknown {
  try {
    return xmlRecord(answer, ['entry']);
  } catch (cause) {
    throw new SourceError('SOURCE_INVALID', { source: SOURCE, cause });
  }
}

/** Element by element, in the order of the contract: what is not named here goes nowhere. */
function messageOf(referral: DeskReferral): SoapContent {
  const { id, version, state, kind, priority, reasonCode, ageBand, division, organisation, serviceId } = referral;
  return {
    messageId: `${id}:${version}`,
    referral: {
      referralId: id,
      version,
      state,
      kind,
      priority,
      reasonCode,
      ageBand,
      division,
      organisation,
      serviceId,
      referredAt: referral.createdAt,
      personNo: referral.localIds,
    },
  };
}
