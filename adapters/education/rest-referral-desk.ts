import { z } from 'zod';
import { accessTokens, withToken } from '../shared/access-tokens.ts';
import { chunk } from '../shared/chunk.ts';
import { deadline } from '../shared/deadline.ts';
import type { DoorAnswer } from '../shared/door-answer.ts';
import type { Query } from '../shared/door-url.ts';
import { httpDoor } from '../shared/http-door.ts';
import { heldInOrder } from '../shared/held-in-order.ts';
import type { Delivery, DeskReferral, ReferralDesk } from '../shared/referral-desk.ts';
import { invalidAnswer } from '../shared/source-error.ts';
import type { SourceLog } from '../shared/source-log.ts';
import { usableRows } from '../shared/usable-rows.ts';
import { referralItem } from './answer-item.ts';
import type { EducationSettings } from './settings.ts';

const SOURCE = 'education';
const LARGEST_BATCH = 50;
const PAGE_SIZE = 100;

const entries = z.object({ items: z.array(z.unknown()) });
const answers = entries.extend({ nextCursor: z.string().min(1).max(1_000), more: z.boolean() });
const refusal = z.object({ code: z.string() });

interface RestDeskDeps {
  readonly fetch?: typeof globalThis.fetch;
  readonly log?: SourceLog;
}

/**
 * The education department's desk over REST: `POST referrals`, once for each key of id and version; `GET
 * referral-answers` from a cursor; `GET referrals` by hub ids.
 */
export function restReferralDesk(settings: EducationSettings, { log, ...deps }: RestDeskDeps = {}): ReferralDesk {
  const timeoutMs = settings.EDUCATION_TIMEOUT_MS;
  const door = httpDoor({ source: SOURCE, baseUrl: settings.EDUCATION_URL, timeoutMs, ...deps });
  const tokens = accessTokens({
    source: SOURCE,
    door,
    path: 'oauth/token',
    clientId: settings.EDUCATION_CLIENT_ID,
    clientSecret: settings.EDUCATION_CLIENT_SECRET,
  });

  const get = async (path: string, query: Query, signal: AbortSignal | undefined): Promise<DoorAnswer> =>
    withToken(tokens, signal, ({ authorization, pass }) =>
      door.get(path, { query, signal, pass, headers: { authorization } }),
    );

  async function deliverOne(referral: DeskReferral, signal: AbortSignal | undefined): Promise<Delivery> {
    const answer = await withToken(tokens, signal, ({ authorization, pass }) =>
      door.send('POST', 'referrals', {
        signal,
        headers: {
          authorization,
          'content-type': 'application/json; charset=utf-8',
          'idempotency-key': `${referral.id}:${referral.version}`,
        },
        body: JSON.stringify(entryOf(referral)),
        // By its key it has one effect however often it is tried.
        read: true,
        pass: (given) => pass(given) || given.status === 409 || given.status === 422,
      }),
    );
    if (answer.status === 422) return 'REFUSED';
    if (answer.status !== 409) return taken(answer);
    if (answer.json(refusal).code === 'newer_version_held') return 'NEWER_THERE';
    throw invalidAnswer(SOURCE, 'a conflict that is none of the contract');
  }

  return {
    async deliver(referrals, { signal } = {}) {
      const outcomes: Delivery[] = [];
      // One after the other: what was taken before the system failed is known to be.
      for (const referral of referrals) outcomes.push(await deliverOne(referral, deadline(timeoutMs, signal)));
      return outcomes;
    },
    async answersSince(cursor, { signal } = {}) {
      const query = { cursor: cursor ?? undefined, limit: PAGE_SIZE };
      const page = (await get('referral-answers', query, deadline(timeoutMs, signal))).json(answers);
      if (page.more && page.nextCursor === cursor) throw invalidAnswer(SOURCE, 'the pages of the answers do not end');
      const rows = usableRows(referralItem, page.items, {
        source: SOURCE,
        list: 'referral-answers',
        log,
        // One bad entry must not stop all that come after it.
        mayAllBeBad: true,
      });
      return { answers: rows.flatMap(({ answer }) => answer ?? []), next: page.nextCursor, more: page.more };
    },
    async held(referralIds, { signal } = {}) {
      return heldInOrder(referralIds, async (ids) => {
        const found: z.infer<typeof referralItem>[] = [];
        for (const part of chunk(ids, LARGEST_BATCH)) {
          const answer = await get('referrals', { hubReferralId: part.join(',') }, deadline(timeoutMs, signal));
          const { items } = answer.json(entries);
          found.push(...usableRows(referralItem, items, { source: SOURCE, list: 'referrals', log }));
        }
        return found;
      });
    },
    async close() {},
  };
}

function taken(answer: DoorAnswer): Delivery {
  answer.json(z.object({ caseNo: z.string() }));
  return 'TAKEN';
}

/** Field by field: what is not named here goes nowhere. */
function entryOf({ id, version, state, createdAt, localIds, organisation, serviceId, ...about }: DeskReferral) {
  const { kind, priority, reasonCode, ageBand, division } = about;
  return {
    hubReferralId: id,
    hubVersion: version,
    hubState: state,
    kind,
    priority,
    reasonCode,
    ageBand,
    division,
    organisation,
    serviceId,
    referredAt: createdAt,
    studentNos: localIds,
  };
}
