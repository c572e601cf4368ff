import { z } from 'zod';
import { defineCollection, type Stored } from '../../adapters/store/port.ts';
import { sealedTextSchema } from '../../adapters/vault/port.ts';
import { SHARED_AFTER_THE_END_MS } from '../person/access/shared-facts.ts';
import { careTeamMemberSchema } from '../person/care-team.ts';
import { CLOCK_RULES } from './clock-rules.ts';
import {
  KINDS,
  STATES,
  type ReferralState,
  PRIORITIES,
  ROLES,
  REJECTIONS,
  OUTCOMES,
  AGE_BANDS,
  TERMINAL,
} from './codes.ts';
import { clockSchema, nextEscalationAt } from './clocks/clock.ts';
import { partyKeys, partySchema } from './party.ts';

const instant = z.string();
const sealed = sealedTextSchema.nullable();

/** What the sharing stands on. It ends with it. */
const basisSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('CONSENT'), consentId: z.string(), until: instant.nullable() }).readonly(),
  z.object({ kind: z.literal('EMERGENCY'), emergencyId: z.string(), until: instant }).readonly(),
  z.object({ kind: z.literal('MANDATORY_REPORT'), until: z.null() }).readonly(),
]);
export type ReferralBasis = z.infer<typeof basisSchema>;

/** One move that was made. Who made it is kept here and shown to the two parties by organisation alone. */
const historySchema = z
  .object({
    move: z.string(),
    at: instant,
    version: z.number().int(),
    state: z.enum(STATES),
    role: z.enum(ROLES).nullable(),
    organisation: z.string().nullable(),
    subject: z.string().nullable(),
  })
  .readonly();

const messageSchema = z
  .object({
    id: z.string(),
    at: instant,
    role: z.enum(ROLES),
    kind: z.enum(['INFORMATION_REQUEST', 'INFORMATION', 'MESSAGE']),
    text: sealedTextSchema,
  })
  .readonly();

const followUpSchema = z
  .object({
    id: z.string(),
    /** Whose task it is. */
    role: z.enum(['REQUESTER', 'TARGET']),
    dueOn: z.string(),
    text: sealedTextSchema,
    completedAt: instant.nullable(),
  })
  .readonly();

const referralSchema = z
  .object({
    kind: z.enum(KINDS),
    state: z.enum(STATES),
    priority: z.enum(PRIORITIES),
    personId: z.string(),
    /** The requester gave an ID number and a name, and learns nothing of the person by it. */
    namedByNumber: z.boolean().default(false),
    /** Of a report: HMAC of the ID number that it says or the person had, to know them under another name. */
    numberHash: z.string().nullable().default(null),
    /** Of the person, as at creation: what the target may know before it accepts. */
    ageBand: z.enum(AGE_BANDS),
    division: z.string(),
    requester: partySchema,
    target: partySchema,
    /** Of the target, in the directory. */
    serviceId: z.string().nullable(),
    reasonCode: z.string(),
    reason: sealed,
    /** Full names, like `health:visits`: exactly what is shared. */
    categories: z.array(z.string()).readonly(),
    basis: basisSchema,
    /** The referral that this one goes on from. */
    basedOn: z.string().nullable(),
    /** The target is not told who reported (domain, section 4). */
    reporterWithheld: z.boolean(),
    /** Of its requester about the person, when it was made. */
    isFirstReport: z.boolean().default(false),
    /** Hub ids of guardians who are suspected of the harm that is reported. */
    suspects: z.array(z.string()).readonly(),
    intakeId: z.string().nullable(),
    createdAt: instant,
    acceptedAt: instant.nullable(),
    /** Completed or failed. */
    finishedAt: instant.nullable(),
    /** Rejected, cancelled, declined, in error: sharing ends at once. */
    endedAt: instant.nullable(),
    /** The requester knows how it ended. */
    loopClosedAt: instant.nullable(),
    rejection: z
      .object({ code: z.enum(REJECTIONS), reason: sealed, nextServices: z.array(z.string()).readonly() })
      .readonly()
      .nullable(),
    outcome: z
      .object({ code: z.enum(OUTCOMES), advice: sealed })
      .readonly()
      .nullable(),
    /** Of a referral that was cancelled, declined, failed or in error: by whom, and why. */
    ending: z
      .object({ role: z.enum(ROLES).nullable(), reason: sealed })
      .readonly()
      .nullable(),
    /** Instant at which the basis was found to have ended; both sides are asked to cancel or to name another. */
    basisEndedAt: instant.nullable(),
    clocks: z.array(clockSchema).readonly(),
    appointment: z
      .object({ start: instant, end: instant.nullable(), locationId: z.string().nullable() })
      .readonly()
      .nullable(),
    /** 出院康复评估, of `TWO_WAY_DOWN`. */
    dischargeAssessment: z
      .object({ assessedOn: z.string(), reference: z.string().nullable(), summary: sealed })
      .readonly()
      .nullable(),
    /** Of the national rehabilitation platform (精神障碍社区康复服务资源共享与转介管理办法, 2023). */
    platformNumber: z.string().nullable(),
    /** References into the parties' own systems; the hub holds no document. */
    attachments: z.array(z.object({ title: z.string(), reference: z.string() }).readonly()).readonly(),
    messages: z.array(messageSchema).readonly(),
    followUps: z.array(followUpSchema).readonly(),
    /** Who joined the person's care team on the ground of it. */
    team: z.array(careTeamMemberSchema).readonly().default([]),
    history: z.array(historySchema).readonly(),
    /** Keys under which moves were asked for: the same again has no second effect. */
    applied: z
      .array(
        z.object({ client: z.string(), key: z.string(), digest: z.string(), version: z.number().int() }).readonly(),
      )
      .readonly(),
  })
  .readonly();
export type Referral = z.infer<typeof referralSchema>;
export type StoredReferral = Stored<Referral>;

/** Which side of a referral a list shows. */
export type Box = 'INBOX' | 'OUTBOX';

/** Reports stand apart: another purpose shows and counts them. */
export type Section = 'CARE' | 'REPORTS';

/** What a list is looked up by: a side, a party's key and what narrows it. Ranges of it are in the order of the last part. */
export const boxValue = (box: Box, section: Section, key: string, ...rest: readonly string[]): string =>
  [box, section, key, ...rest].join('|');

/**
 * What is due first of the clocks that run, as one side's list has it: an inbox those that are the target's to meet, an
 * outbox all. `null` = none runs.
 */
export function dueIn(box: Box, { clocks }: Pick<Referral, 'clocks'>): string | null {
  const shown = clocks.filter(
    ({ step, stoppedAt }) => stoppedAt === null && (box === 'OUTBOX' || CLOCK_RULES[step].side === 'TARGET'),
  );
  return earliest(shown.map(({ dueAt }) => dueAt));
}

/** The earliest day of the tasks that the box's side has still to do; `null` = none. */
export function followUpIn(box: Box, { state, followUps }: Pick<Referral, 'state' | 'followUps'>): string | null {
  // Follow-up goes on after completion, and ends with everything else.
  if (TERMINAL.includes(state) && state !== 'COMPLETED') return null;
  const side = box === 'INBOX' ? 'TARGET' : 'REQUESTER';
  return earliest(
    followUps.flatMap(({ role, completedAt, dueOn }) => (role === side && completedAt === null ? [dueOn] : [])),
  );
}

/** It ended in a way that the requester has to know of, and did not say yet that it does. */
export const isLoopOpen = ({ state, loopClosedAt }: Pick<Referral, 'state' | 'loopClosedAt'>): boolean =>
  loopClosedAt === null && CLOSED_BY_REQUESTER.has(state);

const CLOSED_BY_REQUESTER: ReadonlySet<ReferralState> = new Set(['COMPLETED', 'FAILED', 'REJECTED']);

const earliest = (times: readonly string[]): string | null => times.toSorted()[0] ?? null;

/** Ids begin with the instant of creation, so that every list is in its order. */
export const referrals = defineCollection({
  name: 'referral',
  schema: referralSchema,
  keys: (referral: Referral) => {
    const [created] = referral.applied;
    const intake = intakeOf(referral);
    return [
      ...(created === undefined ? [] : [creationKey(created)]),
      ...(intake === null ? [] : [intakeKey(intake)]),
      ...(isFirstReport(referral) ? firstReportKeys(referral) : []),
    ];
  },
  indexes: {
    byPerson: ({ personId }: Referral) => [personId],
    byNumber: ({ numberHash }: Referral) => (numberHash === null ? [] : [numberHash]),
    /** Of a person, by the last instant at which it may share or bar: what is long over is no matter of a decision. */
    mayShare: (referral: Referral) => {
      const until = mayShareUntil(referral);
      return until === null ? [] : [mayShareValue(referral.personId, until)];
    },
    /** Without reports: not even a cursor of the person's own list may tell of one. */
    ownOfPerson: ({ kind, personId }: Referral) => (kind === 'MANDATORY_REPORT' ? [] : [personId]),
    byBox: (referral: Referral) => boxes(referral),
    byState: (referral: Referral) => boxes(referral, referral.state),
    byKind: (referral: Referral) => boxes(referral, referral.kind),
    byService: (referral: Referral) => (referral.serviceId === null ? [] : boxes(referral, referral.serviceId)),
    /** Of those with a running clock, in the order of what is due first. */
    byDue: (referral: Referral) => BOXES.flatMap((box) => inBox(box, referral, dueIn(box, referral))),
    byLoopOpen: (referral: Referral) => (isLoopOpen(referral) ? boxes(referral) : []),
    /** In the order of the day on which a task of that side is due first. */
    byFollowUp: (referral: Referral) => BOXES.flatMap((box) => inBox(box, referral, followUpIn(box, referral))),
    /** For counting those that are overdue: when the first of the clocks that run is due. */
    byClockDue: ({ clocks }: Referral) => {
      const at = earliest(clocks.filter(({ stoppedAt }) => stoppedAt === null).map(({ dueAt }) => dueAt));
      return at === null ? [] : [at];
    },
    byEscalation: ({ clocks }: Referral) => {
      const at = earliest(clocks.map(nextEscalationAt).filter((one) => one !== null));
      return at === null ? [] : [at];
    },
    /** Of those that still share or may come to: the instant at which their basis ends by itself. */
    byBasisEnd: ({ basis, basisEndedAt, state }: Referral) =>
      basis.until === null || basisEndedAt !== null || TERMINAL.includes(state) ? [] : [basis.until],
    byConsent: ({ basis, basisEndedAt, state }: Referral) =>
      basis.kind !== 'CONSENT' || basisEndedAt !== null || TERMINAL.includes(state) ? [] : [basis.consentId],
    byBasedOn: ({ basedOn }: Referral) => (basedOn === null ? [] : [basedOn]),
  },
});

export const mayShareValue = (personId: string, until: string): string => `${personId}|${until}`;
/** Behind every instant. */
export const NO_END = '~';

/** A report bars its suspects for good, unless it was an error; the rest ends at once where it broke off. */
function mayShareUntil({ kind, state, basis, endedAt, finishedAt }: Referral): string | null {
  if (kind === 'MANDATORY_REPORT') return state === 'ENTERED_IN_ERROR' ? null : NO_END;
  // Of one on an emergency the person is not told while that runs: who tells them must know of it.
  if (endedAt !== null) return basis.kind === 'EMERGENCY' ? basis.until : null;
  return finishedAt === null ? NO_END : new Date(Date.parse(finishedAt) + SHARED_AFTER_THE_END_MS).toISOString();
}

/** The contact that this referral goes on from; one that came to nothing gives it free for the next. */
export const intakeOf = ({ intakeId, endedAt }: Pick<Referral, 'intakeId' | 'endedAt'>): string | null =>
  endedAt === null ? intakeId : null;

/** Of one contact comes one referral. */
export const intakeKey = (id: string): string => `intake:${id}`;

/** One that was an error leaves the place to the next. */
const isFirstReport = ({ kind, state, isFirstReport: wasFirst, reporterWithheld }: Referral): boolean =>
  wasFirst && !reporterWithheld && kind === 'MANDATORY_REPORT' && state !== 'ENTERED_IN_ERROR';

/** Only one report of a requester about a person is the first, whose recipient is told who reported. */
export const firstReportKeys = ({
  personId,
  numberHash,
  requester,
}: Pick<Referral, 'personId' | 'numberHash' | 'requester'>): readonly string[] =>
  [`id:${personId}`, ...(numberHash === null ? [] : [`number:${numberHash}`])].map(
    (who) => `first-report:${JSON.stringify([who, requester.organisation])}`,
  );

/** Of the client that created it: the same key is the same referral. */
export const creationKey = ({ client, key }: { client: string; key: string }): string => JSON.stringify([client, key]);

type Boxed = Pick<Referral, 'kind' | 'requester' | 'target'>;
const BOXES: readonly Box[] = ['INBOX', 'OUTBOX'];

const boxes = (referral: Boxed, ...rest: string[]): readonly string[] =>
  BOXES.flatMap((box) => inBox(box, referral, ...rest));

/** Under each key of the box's side; `null` = it has no place there. */
function inBox(box: Box, { kind, requester, target }: Boxed, ...rest: (string | null)[]): readonly string[] {
  const said = rest.filter((one) => one !== null);
  if (said.length < rest.length) return [];
  const section = kind === 'MANDATORY_REPORT' ? 'REPORTS' : 'CARE';
  return partyKeys(box === 'INBOX' ? target : requester).map((key) => boxValue(box, section, key, ...said));
}

/** Where a sensitive text of a referral stands. */
export const referralTextPlace = (id: string, personId: string, field: string) => ({
  collection: 'referral',
  id,
  field,
  personId,
});
