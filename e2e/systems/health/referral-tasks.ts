/**
 * The hospital's side of referrals: `ServiceRequest` and `Task` with conditional create and update, `If-Match`, search by
 * identifier and change. By hand, since the FHIR library in memory finds nothing by `system|value`.
 */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { ClerkAnswer, ReferralClerks } from '../shared/referral-cases.ts';

const SYSTEM = 'urn:xinqiao:referral';
const TYPES = ['ServiceRequest', 'Task'] as const;
type Type = (typeof TYPES)[number];

const STATUSES: Readonly<Record<ClerkAnswer['state'], string>> = {
  ACCEPTED: 'accepted',
  REJECTED: 'rejected',
  IN_PROGRESS: 'in-progress',
  ON_HOLD: 'on-hold',
  COMPLETED: 'completed',
  FAILED: 'failed',
};
const REASONS: Readonly<Record<string, string>> = {
  AT_CAPACITY: 'full',
  NOT_ELIGIBLE: 'not-eligible',
  OUT_OF_AREA: 'out-of-area',
  MORE_ASSESSMENT_NEEDED: 'assess-first',
  CONSENT_MISSING: 'no-consent',
  DUPLICATE: 'duplicate',
  OTHER: 'other',
};
const OUTCOMES: Readonly<Record<string, string>> = {
  SERVED: 'served',
  UNREACHABLE: 'unreachable',
  MOVED: 'moved',
  DIED: 'died',
  DECLINED_BY_PERSON: 'declined',
  OTHER: 'other',
};
const CODES = 'https://emr.health.example/codes';

const writable = z.looseObject({
  resourceType: z.enum(TYPES),
  identifier: z.array(z.object({ system: z.string(), value: z.string() })).min(1),
  status: z.string(),
  intent: z.string(),
  extension: z.array(z.looseObject({ url: z.string(), valueInteger: z.number().optional() })).default([]),
});
type Written = z.infer<typeof writable>;
interface Kept extends Written {
  readonly id: string;
  readonly meta: { readonly versionId: string; readonly lastUpdated: string };
}

export interface WriteRequest {
  readonly method: string;
  readonly type: Type;
  readonly id: string | undefined;
  readonly body: unknown;
  readonly ifNoneExist: string | undefined;
  readonly ifMatch: string | undefined;
}

export interface TaskReply {
  readonly status: number;
  readonly body?: object;
  /** Is the answer to get lost? */
  readonly lost?: boolean;
}

export interface ReferralTasks {
  readonly clerks: ReferralClerks;
  write(request: WriteRequest): TaskReply;
  /** A page of what the search finds, sorted by change where it asks for that. */
  search(type: Type, target: URL, page: { offset: number; count: number }): object;
}

export const isReferralType = (type: string): type is Type => TYPES.some((one) => one === type);

export function referralTasks(): ReferralTasks {
  const kept: Kept[] = [];
  const refused = new Set<string>();
  let toLose = 0;

  const hubIdOf = ({ identifier }: Written) => identifier.find(({ system }) => system === SYSTEM)?.value;
  const named = (type: Type, tokens: string) => {
    const wanted = tokens.split(',');
    return kept.filter(
      (one) =>
        one.resourceType === type &&
        one.identifier.some(({ system, value }) =>
          wanted.some((token) => [`${system}|${value}`, `${system}|`].includes(token)),
        ),
    );
  };

  function keep(resource: Written, id: string = randomUUID()): Kept {
    const stored: Kept = {
      ...resource,
      id,
      meta: { versionId: randomUUID(), lastUpdated: new Date().toISOString() },
    };
    const at = kept.findIndex((one) => one.id === id && one.resourceType === resource.resourceType);
    if (at >= 0) kept.splice(at, 1);
    // What was changed last stands last.
    kept.push(stored);
    return stored;
  }

  function replyTo({ method, type, id, body, ifNoneExist, ifMatch }: WriteRequest): TaskReply {
    const parsed = writable.safeParse(body);
    if (!parsed.success || parsed.data.resourceType !== type) return outcome(400, 'structure');
    if (refused.has(hubIdOf(parsed.data) ?? '')) return outcome(422, 'business-rule');
    if (method === 'POST') {
      const there =
        ifNoneExist === undefined ? [] : named(type, new URLSearchParams(ifNoneExist).get('identifier') ?? '');
      if (there.length > 1) return outcome(412, 'multiple-matches');
      const [one] = there;
      return one === undefined ? { status: 201, body: keep(parsed.data) } : { status: 200, body: one };
    }
    const present = kept.find((one) => one.id === id && one.resourceType === type);
    if (present === undefined) return outcome(404, 'not-found');
    if (ifMatch !== undefined && ifMatch !== `W/"${present.meta.versionId}"`) return outcome(412, 'conflict');
    return { status: 200, body: keep(parsed.data, present.id) };
  }

  const tasksOf = (referralId: string) => named('Task', `${SYSTEM}|${referralId}`);
  const clerks: ReferralClerks = {
    held: () =>
      named('Task', `${SYSTEM}|`).map((task) => {
        const referralId = hubIdOf(task) ?? '';
        const [request] = named('ServiceRequest', `${SYSTEM}|${referralId}`);
        const version = request?.extension.find(({ url }) => url === `${SYSTEM}:version`)?.valueInteger ?? null;
        return { referralId, version, taken: JSON.stringify([request, task]) };
      }),
    answer(referralId, answer) {
      const [present] = tasksOf(referralId);
      const system = referralId.startsWith('LOCAL') ? `${CODES}/task-number` : SYSTEM;
      const identifier = [{ system, value: referralId }];
      const made: Written = { resourceType: 'Task', identifier, status: 'requested', intent: 'order', extension: [] };
      keep({ ...(present ?? made), ...answered(answer) }, present?.id);
    },
    enterAgain(referralId) {
      const [present] = tasksOf(referralId);
      if (present === undefined) throw new Error(`there is no ${referralId} to enter again`);
      keep({ ...present, status: 'requested' }, randomUUID());
    },
    refuse: (referralId) => void refused.add(referralId),
    loseAnswers(count) {
      toLose = count;
    },
  };

  return {
    clerks,
    write(request) {
      const reply = replyTo(request);
      if (toLose === 0) return reply;
      toLose -= 1;
      return { ...reply, lost: true };
    },
    search(type, { searchParams }, { offset, count }) {
      const since = /^ge(.+)$/.exec(searchParams.get('_lastUpdated') ?? '')?.[1] ?? '1970-01-01';
      const found = named(type, searchParams.get('identifier') ?? '').filter(
        ({ meta }) => Date.parse(meta.lastUpdated) >= Date.parse(since),
      );
      const page = found.slice(offset, offset + count);
      return {
        resourceType: 'Bundle',
        type: 'searchset',
        total: found.length,
        entry: page.map((resource) => ({ resource, search: { mode: 'match' } })),
      };
    },
  };
}

function answered({ state, rejection, outcome: code, text }: ClerkAnswer) {
  const reason =
    rejection === undefined ? [] : [{ system: `${CODES}/rejection`, code: REASONS[rejection] ?? rejection }];
  const coded = (name: string) => ({ coding: [{ system: `${CODES}/task-output`, code: name }] });
  return {
    status: STATUSES[state],
    ...((state === 'REJECTED' || state === 'FAILED') && {
      statusReason: { coding: reason, ...(text !== undefined && { text }) },
    }),
    ...(state === 'COMPLETED' && {
      output: [
        {
          type: coded('outcome'),
          valueCodeableConcept: { coding: [{ system: `${CODES}/outcome`, code: OUTCOMES[code ?? 'OTHER'] ?? code }] },
        },
        ...(text === undefined ? [] : [{ type: coded('advice'), valueString: text }]),
      ],
    }),
  };
}

function outcome(status: number, code: string): TaskReply {
  return { status, body: { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code }] } };
}
