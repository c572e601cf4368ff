import { services } from '../directory/service.ts';
import { basisStands, consentCovers } from './basis.ts';
import { CLOCK_RULES } from './clock-rules.ts';
import { KIND_RULES } from './kind-rules.ts';
import { type Move, MOVES, refusalOf } from './machine.ts';
import { partyOf } from './parties.ts';
import type { Party } from './party.ts';
import { dueIn, type Referral, referrals, type Role, type StoredReferral } from './referral.ts';
import type { ReferralContext } from './referral-context.ts';
import { rolesIn } from './roles.ts';
import { opened } from './texts.ts';

/** A referral as one side may see it. */
export interface ShownReferral {
  readonly stored: StoredReferral;
  readonly roles: readonly Role[];
}

/** `null` for whoever is no party: not there and not theirs look alike. The person it is about is noted for the audit. */
export async function shownReferral(
  context: ReferralContext,
  stored: StoredReferral | null,
): Promise<ShownReferral | null> {
  if (stored === null) return null;
  const roles = await rolesIn(context, stored.data);
  if (roles.length === 0) return null;
  const { personId, kind } = stored.data;
  context.decisions.noteMatter(personId, undefined, { report: kind === 'MANDATORY_REPORT' });
  return { stored, roles };
}

const isParty = ({ roles }: ShownReferral) => roles.includes('REQUESTER') || roles.includes('TARGET');

/** Before it accepts, the target knows reason, priority, age band and division; afterwards, whom it serves. */
const knowsPerson = ({ stored, roles }: ShownReferral) =>
  !roles.every((one) => one === 'TARGET') || stored.data.acceptedAt !== null;

type Field = (shown: ShownReferral, args: unknown, context: ReferralContext) => unknown;

/** A sensitive text, for the two parties only. */
const text =
  (field: string, of: (data: Referral) => Parameters<typeof opened>[2]['text'] | undefined): Field =>
  (shown, _args, { vault }) => {
    const { id, data } = shown.stored;
    return isParty(shown) ? opened(vault, { id, personId: data.personId }, { field, text: of(data) ?? null }) : null;
  };

const stored =
  (key: keyof Referral): Field =>
  ({ stored: { data } }) =>
    data[key];

/** The fields of `Referral`, each for who may see it. */
export const referralFields: Readonly<Record<string, Field>> = {
  id: ({ stored: { id } }) => id,
  version: ({ stored: { version } }) => version,
  kind: stored('kind'),
  state: stored('state'),
  priority: stored('priority'),
  requester: ({ stored: { data }, roles }) =>
    data.reporterWithheld && !roles.includes('REQUESTER') ? null : shownParty(data.requester),
  target: ({ stored: { data } }) => shownParty(data.target),
  service: ({ stored: { data } }) => (data.serviceId === null ? null : { id: data.serviceId }),
  reasonCode: stored('reasonCode'),
  reason: text('reason', ({ reason }) => reason),
  ageBand: stored('ageBand'),
  division: stored('division'),
  subject: (shown) => (knowsPerson(shown) ? { __typename: 'Person', id: shown.stored.data.personId } : null),
  categories: (shown) => (knowsPerson(shown) ? shown.stored.data.categories : null),
  basis: ({ stored: { data } }) => data.basis.kind,
  basisStands: async ({ stored: { data } }, _args, { persons, reads }) => {
    const person = await persons.load(data.personId);
    return person !== null && basisStands(data, person.data, reads.now());
  },
  basedOn: async (shown, _args, context) => {
    const { basedOn, reporterWithheld } = shown.stored.data;
    if (basedOn === null || (reporterWithheld && !shown.roles.includes('REQUESTER'))) return null;
    return shownReferral(context, await context.referrals.load(basedOn));
  },
  onward: async ({ stored: { id } }, _args, context) => {
    const { items } = await context.reads.store.page(referrals, { index: 'byBasedOn', value: id, first: MAX_ONWARD });
    const shown = await Promise.all(items.map((one) => shownReferral(context, one)));
    return shown.filter((one) => one !== null);
  },
  createdAt: stored('createdAt'),
  acceptedAt: stored('acceptedAt'),
  endedAt: ({ stored: { data } }) => data.endedAt ?? data.finishedAt,
  loopClosedAt: stored('loopClosedAt'),
  rejection: (shown, args, context) => {
    const { rejection } = shown.stored.data;
    if (rejection === null) return null;
    const reason = text('rejection', () => rejection.reason)(shown, args, context);
    return { code: rejection.code, reason, nextServices: proposedTo(shown, context) };
  },
  outcome: ({ stored: { data } }) => data.outcome?.code ?? null,
  advice: text('advice', ({ outcome }) => outcome?.advice),
  endingReason: text('endingReason', ({ ending }) => ending?.reason),
  clocks: ({ stored: { data } }) =>
    data.clocks.map((clock) => ({
      ...clock,
      side: CLOCK_RULES[clock.step].side,
      escalated: clock.escalations.length,
    })),
  // As the lists have it: what the requester owes is no delay of the target's.
  overdue: ({ stored: { data }, roles }, _args, { reads }) => {
    const due = dueIn(roles.every((one) => one === 'TARGET') ? 'INBOX' : 'OUTBOX', data);
    return due !== null && reads.now() >= Date.parse(due);
  },
  appointment: ({
    stored: {
      data: { appointment },
    },
  }) =>
    appointment === null
      ? null
      : { ...appointment, location: appointment.locationId === null ? null : { id: appointment.locationId } },
  dischargeAssessment: (shown, args, context) => {
    const { dischargeAssessment: assessment } = shown.stored.data;
    if (assessment === null || !knowsPerson(shown)) return null;
    return { ...assessment, summary: text('dischargeAssessment', () => assessment.summary)(shown, args, context) };
  },
  platformNumber: (shown) => (knowsPerson(shown) ? shown.stored.data.platformNumber : null),
  attachments: (shown) => (knowsPerson(shown) && isParty(shown) ? shown.stored.data.attachments : null),
  messages: (shown, args, context) =>
    isParty(shown)
      ? shown.stored.data.messages.map((one) => ({
          ...one,
          text: text(`message:${one.id}`, () => one.text)(shown, args, context),
        }))
      : null,
  followUps: (shown, args, context) =>
    isParty(shown)
      ? shown.stored.data.followUps.map((one) => ({
          ...one,
          text: text(`follow-up:${one.id}`, () => one.text)(shown, args, context),
        }))
      : null,
  history: ({ stored: { data } }) => data.history,
  yourRoles: ({ roles }) => roles,
  availableMoves: (shown) => availableMoves(shown),
};

const MAX_ONWARD = 50;

/** The directory's subgraph says the rest. */
const shownParty = ({ organisation, ...party }: Party) => ({ ...party, organisation: { id: organisation } });

/** Every move, and whether this side may make it now. What only its content decides shows when it is made. */
function availableMoves({ stored: { data }, roles }: ShownReferral) {
  return (Object.keys(MOVES) as Move[]).map((move) => {
    const closed = move === 'ACKNOWLEDGE' && data.loopClosedAt !== null ? ('ALREADY_CLOSED' as const) : null;
    const reason = refusalOf(move, { state: data.state, roles }) ?? closed;
    return { move, available: reason === null, reason };
  });
}

/** Does the kind leave this target no room for "full"? */
export function capacityIsNoGround({ kind }: Pick<Referral, 'kind'>, targetIsHospital: boolean): boolean {
  const { noCapacityGround } = KIND_RULES[kind];
  return noCapacityGround === 'FOR_ANYBODY' || (noCapacityGround === 'FOR_HOSPITALS' && targetIsHospital);
}

/** With what the requester needs to know before the next try: does a consent cover it, or has one to be asked for? */
async function proposedTo({ stored: { data }, roles }: ShownReferral, context: ReferralContext) {
  const { reads, persons, organisations } = context;
  const found = await reads.store.loadMany(services, data.rejection?.nextServices ?? []);
  const person = await persons.load(data.personId);
  return Promise.all(
    found.flatMap((service) => {
      if (service === null) return [];
      const covered = async () => {
        const keeper = await organisations.load(service.data.organisation);
        if (keeper === null || person === null || !roles.includes('REQUESTER')) return null;
        return consentCovers(person.data, { target: partyOf(keeper), categories: data.categories }, reads.now());
      };
      return [covered().then((covers) => ({ service: { id: service.id }, consentCovers: covers }))];
    }),
  );
}
