import { services } from '../directory/service.ts';
import { basisStands, consentCovers } from './basis.ts';
import { CLOCK_RULES } from './clock-rules.ts';
import { REFERRALS_CATEGORY } from '../person/hub-events.ts';
import { rootFieldOf } from '../shared/root-field.ts';
import { KIND_RULES } from './kind-rules.ts';
import { type Move, MOVES, refusalOf } from './machine.ts';
import { isOpenTo, standingOf } from './open-to.ts';
import { partyOf } from './parties.ts';
import type { Party } from './party.ts';
import { type Role } from './codes.ts';
import { dueIn, type Referral, referrals, type StoredReferral } from './referral.ts';
import type { ReferralContext } from './referral-context.ts';
import { rolesIn } from './roles.ts';
import { opened } from './texts.ts';

/** A referral as one side may see it. */
export interface ShownReferral {
  readonly stored: StoredReferral;
  readonly roles: readonly Role[];
  /** What it says about the person is open to them now. */
  readonly open: boolean;
}

type Info = Parameters<typeof rootFieldOf>[0];

/**
 * `null` for whoever is no party: not there and not theirs look alike. The person it is about is noted for the audit, and
 * on what basis, where what it says of them is open.
 */
export async function shownReferral(
  context: ReferralContext,
  stored: StoredReferral | null,
  info: Info,
): Promise<ShownReferral | null> {
  if (stored === null) return null;
  const { id, data } = stored;
  const roles = await rolesIn(context, data);
  const person = await context.persons.load(data.personId);
  if (roles.length === 0 || person === null) return null;
  const open = await isOpenTo(roles, data, { person: person.data, reads: context.reads });
  const standing = { name: `${REFERRALS_CATEGORY}:${id}`, ...standingOf(roles, { id, kind: data.kind }) };
  const report = data.kind === 'MANDATORY_REPORT';
  context.decisions.noteMatter(data.personId, rootFieldOf(info), { report, ...(open && { standing }) });
  return { stored, roles, open };
}

const isParty = ({ roles }: ShownReferral) => roles.includes('REQUESTER') || roles.includes('TARGET');

/** Before it accepts, the target knows reason, priority, age band and division; afterwards, as long as it shares, whom it serves. */
const knowsPerson = ({ stored, roles, open }: ShownReferral) =>
  open && (!roles.every((one) => one === 'TARGET') || stored.data.acceptedAt !== null);

/** Who named them by an ID number learns nothing of them by it, save what they see on another basis. */
async function learnsWho(shown: ShownReferral, { visible }: ReferralContext): Promise<boolean> {
  const { namedByNumber, personId, acceptedAt } = shown.stored.data;
  if (!namedByNumber) return knowsPerson(shown);
  const knows = shown.roles.some((one) => one === 'PERSON' || (one === 'TARGET' && acceptedAt !== null));
  return knows || (knowsPerson(shown) && (await visible.load(personId)) !== null);
}

/** Of the person's own, as the target knows it before it accepts; to who named them by number it would tell too much. */
const knowsDivision = async (shown: ShownReferral, context: ReferralContext): Promise<boolean> =>
  shown.roles.includes('TARGET') || learnsWho(shown, context);

/** Who wrote a referral may have lost every basis since: then the person is not there, here as anywhere. */
async function subjectOf({ stored }: ShownReferral, { visible }: ReferralContext) {
  const { personId } = stored.data;
  return (await visible.load(personId)) === null ? null : { __typename: 'Person', id: personId };
}

type Field = (shown: ShownReferral, args: unknown, context: ReferralContext, info: Info) => unknown;
type TextField = (shown: ShownReferral, context: ReferralContext) => Promise<string | null> | null;

/** A sensitive text, for the two parties only. */
const text =
  (field: string, of: (data: Referral) => Parameters<typeof opened>[2]['text'] | undefined): TextField =>
  (shown, { vault }) => {
    const { id, data } = shown.stored;
    const readable = isParty(shown) && shown.open;
    return readable ? opened(vault, { id, personId: data.personId }, { field, text: of(data) ?? null }) : null;
  };

const textField =
  (field: string, of: (data: Referral) => Parameters<typeof opened>[2]['text'] | undefined): Field =>
  (shown, _args, context) =>
    text(field, of)(shown, context);

const stored =
  (key: keyof Referral): Field =>
  ({ stored: { data } }) =>
    data[key];

const fields: Readonly<Record<string, Field>> = {
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
  reason: textField('reason', ({ reason }) => reason),
  ageBand: stored('ageBand'),
  division: async (shown, _args, context) =>
    (await knowsDivision(shown, context)) ? shown.stored.data.division : null,
  subject: async (shown, _args, context) => ((await learnsWho(shown, context)) ? subjectOf(shown, context) : null),
  categories: (shown) => (knowsPerson(shown) ? shown.stored.data.categories : null),
  basis: ({ stored: { data } }) => data.basis.kind,
  basisStands: async ({ stored: { data } }, _args, { persons, reads }) => {
    const person = await persons.load(data.personId);
    return person !== null && basisStands(reads, data, person.data);
  },
  basedOn: async (shown, _args, context, info) => {
    const { basedOn, reporterWithheld } = shown.stored.data;
    if (basedOn === null || (reporterWithheld && !shown.roles.includes('REQUESTER'))) return null;
    return shownReferral(context, await context.referrals.load(basedOn), info);
  },
  onward: async ({ stored: { id } }, _args, context, info) => {
    const { items } = await context.reads.store.page(referrals, { index: 'byBasedOn', value: id, first: MAX_ONWARD });
    const shown = await Promise.all(items.map((one) => shownReferral(context, one, info)));
    return shown.filter((one) => one !== null);
  },
  createdAt: stored('createdAt'),
  acceptedAt: stored('acceptedAt'),
  endedAt: ({ stored: { data } }) => data.endedAt ?? data.finishedAt,
  loopClosedAt: stored('loopClosedAt'),
  rejection: (shown, _args, context) => {
    const { rejection } = shown.stored.data;
    if (rejection === null) return null;
    const reason = text('rejection', () => rejection.reason)(shown, context);
    return { code: rejection.code, reason, nextServices: proposedTo(shown, context) };
  },
  outcome: ({ stored: { data } }) => data.outcome?.code ?? null,
  advice: textField('advice', ({ outcome }) => outcome?.advice),
  endingReason: textField('endingReason', ({ ending }) => ending?.reason),
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
  dischargeAssessment: (shown, _args, context) => {
    const { dischargeAssessment: assessment } = shown.stored.data;
    if (assessment === null || !knowsPerson(shown)) return null;
    return { ...assessment, summary: text('dischargeAssessment', () => assessment.summary)(shown, context) };
  },
  platformNumber: (shown) => (knowsPerson(shown) ? shown.stored.data.platformNumber : null),
  attachments: (shown) => (knowsPerson(shown) && isParty(shown) ? shown.stored.data.attachments : null),
  messages: (shown, _args, context) =>
    isParty(shown)
      ? shown.stored.data.messages.map((one) => ({
          ...one,
          text: text(`message:${one.id}`, () => one.text)(shown, context),
        }))
      : null,
  followUps: (shown, _args, context) =>
    isParty(shown)
      ? shown.stored.data.followUps.map((one) => ({
          ...one,
          text: text(`follow-up:${one.id}`, () => one.text)(shown, context),
        }))
      : null,
  history: ({ stored: { data } }) => data.history,
  yourRoles: ({ roles }) => roles,
  availableMoves: async (shown, _args, { persons, reads }) => {
    const { data } = shown.stored;
    const person = await persons.load(data.personId);
    return availableMoves(shown, person !== null && (await basisStands(reads, data, person.data)));
  },
};

/** What a client that may send and not read is told: what it said itself, and how far it is. None of these can be null. */
const TOLD_WITHOUT_READING: ReadonlySet<string> = new Set([
  'id',
  'version',
  'kind',
  'state',
  'priority',
  'target',
  'reasonCode',
  'ageBand',
  'basis',
  'basisStands',
  'createdAt',
  'clocks',
  'overdue',
  'history',
  'yourRoles',
  'availableMoves',
]);

/** People see their own by being who they are; everybody else by the scope. */
const mayRead = ({ request: { caller } }: ReferralContext): boolean =>
  caller.personId !== null || caller.scopes.includes('referral:read');

/** The fields of `Referral`, each for who may see it. */
export const referralFields: Readonly<Record<string, Field>> = Object.fromEntries(
  Object.entries(fields).map(([name, field]): [string, Field] => [
    name,
    (shown, args, context, info) =>
      TOLD_WITHOUT_READING.has(name) || mayRead(context) ? field(shown, args, context, info) : null,
  ]),
);

const MAX_ONWARD = 50;

/** The directory's subgraph says the rest. */
const shownParty = ({ organisation, ...party }: Party) => ({ ...party, organisation: { id: organisation } });

/** Every move, and whether this side may make it now. What only its content decides shows when it is made. */
function availableMoves({ stored: { data }, roles }: ShownReferral, stands: boolean) {
  return (Object.keys(MOVES) as Move[]).map((move) => {
    const closed = move === 'ACKNOWLEDGE' && data.loopClosedAt !== null ? ('ALREADY_CLOSED' as const) : null;
    const reason = refusalOf(move, { state: data.state, roles, stands }) ?? closed;
    return { move, available: reason === null, reason };
  });
}

/** Does the kind leave this target no room for "full"? */
export function capacityIsNoGround({ kind }: Pick<Referral, 'kind'>, targetIsHospital: boolean): boolean {
  const { noCapacityGround } = KIND_RULES[kind];
  return noCapacityGround === 'FOR_ANYBODY' || (noCapacityGround === 'FOR_HOSPITALS' && targetIsHospital);
}

/** With what the requester needs to know before the next try: does a consent cover it, or has one to be asked for? */
async function proposedTo(shown: ShownReferral, context: ReferralContext) {
  const { data } = shown.stored;
  const tells = shown.roles.includes('REQUESTER') && (await learnsWho(shown, context));
  const { reads, persons, organisations } = context;
  const found = await reads.store.loadMany(services, data.rejection?.nextServices ?? []);
  const person = await persons.load(data.personId);
  return Promise.all(
    found.flatMap((service) => {
      if (service === null) return [];
      const covered = async () => {
        const keeper = await organisations.load(service.data.organisation);
        if (keeper === null || person === null || !tells) return null;
        return consentCovers(person.data, { target: partyOf(keeper), categories: data.categories }, reads.now());
      };
      return [covered().then((covers) => ({ service: { id: service.id }, consentCovers: covers }))];
    }),
  );
}
