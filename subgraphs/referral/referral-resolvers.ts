import type { GraphQLResolveInfo } from 'graphql';
import type {
  MutationAddReferralFollowUpArgs,
  MutationAddReferralMessageArgs,
  MutationCompleteReferralArgs,
  MutationCompleteReferralFollowUpArgs,
  MutationCreateReferralArgs,
  MutationJoinCareTeamArgs,
  MutationLeaveCareTeamArgs,
  MutationNameReferralBasisArgs,
  MutationRecordIntakeArgs,
  MutationRejectReferralArgs,
  MutationScheduleReferralAppointmentArgs,
  QueryIntakesArgs,
  QueryMyReferralsArgs,
  QueryReferralArgs,
  QueryReferralCountsArgs,
  QueryReferralsArgs,
  ReferralMoveInput,
  ReferralReasonInput,
} from '../../schema/generated/api-types.ts';
import { isHospital } from '../directory/organisation-kinds.ts';
import { locations } from '../directory/location.ts';
import { connection, pageSize } from '../shared/connection.ts';
import { basisFor, basisStands } from './basis.ts';
import { createReferral } from './create-referral.ts';
import {
  acknowledges,
  addsFollowUp,
  completes,
  completesFollowUp,
  explains,
  namesBasis,
  nothingElse,
  rejects,
  schedules,
  writes,
} from './effects.ts';
import { followIntake } from './follow-intake.ts';
import { followTeam, joinsCareTeam, leavesCareTeam } from './join-care-team.ts';
import { rootFieldOf } from '../shared/root-field.ts';
import type { Move } from './machine.ts';
import { type Effect, type MoveInput, moveReferral } from './move-referral.ts';
import { proposedServices } from './proposed-services.ts';
import { intakePage } from './intake-list.ts';
import { recordIntake } from './record-intake.ts';
import type { Referral } from './referral.ts';
import type { ReferralContext } from './referral-context.ts';
import type { ReferralOutcome } from './referral-outcome.ts';
import { ownReferralPage, referralCounts, referralPage } from './referral-lists.ts';
import { capacityIsNoGround, type ShownReferral, shownReferral } from './referral-view.ts';
import { referralUserErrors, refused } from './refusal.ts';

export const referralQueries = {
  referral: async (_root: unknown, { id }: QueryReferralArgs, context: ReferralContext, info: GraphQLResolveInfo) =>
    shownReferral(context, await context.referrals.load(id), info),
  referrals: async (_root: unknown, args: QueryReferralsArgs, context: ReferralContext, info: GraphQLResolveInfo) => {
    const { items, next } = await referralPage(context, args);
    return shownPage(context, items, { next, after: args.after ?? null, info });
  },
  referralCounts: async (_root: unknown, { box }: QueryReferralCountsArgs, context: ReferralContext) =>
    referralCounts(context, box),
  intakes: async (_root: unknown, args: QueryIntakesArgs, context: ReferralContext) => intakePage(context, args),
  myReferrals: async (
    _root: unknown,
    { personId, first, after = null }: QueryMyReferralsArgs,
    context: ReferralContext,
    info: GraphQLResolveInfo,
  ) => {
    const value = personId ?? context.request.caller.personId;
    if (value === null || context.request.caller.personId === null) return null;
    // The person, or the acting guardian: for everybody else alike, whether the person is there or not (case 69).
    if (context.request.purpose !== 'SELF_ACCESS' || (await context.visible.load(value)) === null) return null;
    // An empty list says something of them, too.
    context.decisions.noteMatter(value, rootFieldOf(info));
    const { items, next } = await ownReferralPage(context.reads, { personId: value, size: pageSize(first), after });
    return shownPage(context, items, { next, after, info });
  },
};

type Listed = Awaited<ReturnType<typeof referralPage>>['items'];

/** What the caller is a party of; the cursor goes on behind what was looked at, not behind what was shown. */
async function shownPage(
  context: ReferralContext,
  items: Listed,
  { next, after, info }: { next: string | null; after: string | null; info: GraphQLResolveInfo },
) {
  const shown = await Promise.all(items.map((one) => shownReferral(context, one, info)));
  const edges = items.flatMap(({ cursor }, i) => {
    const node = shown[i] ?? null;
    return node === null ? [] : [{ cursor, node }];
  });
  const page = connection(edges, { more: next !== null, after }, ({ node }) => node);
  return { ...page, pageInfo: { ...page.pageInfo, endCursor: next ?? page.pageInfo.endCursor } };
}

interface Payload {
  readonly referral: ShownReferral | null;
  readonly userErrors: ReturnType<typeof referralUserErrors>;
}

async function payload(outcome: ReferralOutcome, context: ReferralContext, info: GraphQLResolveInfo): Promise<Payload> {
  const referral = await shownReferral(context, outcome.referral, info);
  return { referral, userErrors: referralUserErrors(outcome.refusal) };
}

type Root = unknown;
interface Given<Input> {
  readonly input: Input;
}

/** A move whose content makes this effect. */
function move<Input extends MoveInput & { readonly reason?: string | null | undefined }>(
  name: Move,
  effectOf: (input: Input, context: ReferralContext) => Effect | Promise<Effect>,
) {
  return async (
    _root: Root,
    { input }: Given<Input>,
    context: ReferralContext,
    info: GraphQLResolveInfo,
  ): Promise<Payload> => {
    const effect = await effectOf(input, context);
    return payload(await moveReferral(context, input, { move: name, effect, reason: input.reason }), context, info);
  };
}

const plain = (name: Move) => move<ReferralMoveInput>(name, () => nothingElse);
const withReason = (name: Move) => move<ReferralReasonInput>(name, () => nothingElse);
const message = (
  name: 'REQUEST_INFORMATION' | 'PROVIDE_INFORMATION' | 'MESSAGE',
  kind: Referral['messages'][number]['kind'],
) => move<MutationAddReferralMessageArgs['input']>(name, ({ text }, { newId }) => writes(kind, text, newId()));

/** A move that the person's team follows. */
function teamMove<Input extends MoveInput>(name: Move, effectOf: (input: Input, context: ReferralContext) => Effect) {
  return async (_root: Root, { input }: Given<Input>, context: ReferralContext, info: GraphQLResolveInfo) => {
    const { reads, by } = context;
    const outcome = await moveReferral(context, input, { move: name, effect: effectOf(input, context) });
    if (outcome.refusal === null) await followTeam({ store: reads.store, now: reads.now, by }, outcome.referral);
    return payload(outcome, context, info);
  };
}

export const referralMutations = {
  createReferral: async (
    _root: Root,
    { input }: MutationCreateReferralArgs,
    context: ReferralContext,
    info: GraphQLResolveInfo,
  ) => {
    const outcome = await createReferral(context, input);
    if (outcome.refusal === null) await followIntake(context.reads.store, outcome.referral);
    return payload(outcome, context, info);
  },
  acceptReferral: plain('ACCEPT'),
  rejectReferral: move<MutationRejectReferralArgs['input']>('REJECT', async ({ referralId, code, reason }, context) => {
    const found = await context.referrals.load(referralId);
    const target = found === null ? null : await context.organisations.load(found.data.target.organisation);
    const hospital = target !== null && isHospital(target.data.kind);
    return rejects({
      code,
      reason,
      capacityIsNoGround: found !== null && capacityIsNoGround(found.data, hospital),
      next: async () => (found === null ? [] : proposedServices(context, found.data)),
    });
  }),
  requestReferralInformation: message('REQUEST_INFORMATION', 'INFORMATION_REQUEST'),
  provideReferralInformation: message('PROVIDE_INFORMATION', 'INFORMATION'),
  addReferralMessage: message('MESSAGE', 'MESSAGE'),
  cancelReferral: withReason('CANCEL'),
  startReferral: plain('START'),
  holdReferral: move<ReferralReasonInput>('HOLD', ({ reason }, { newId }) => explains(reason, newId())),
  resumeReferral: plain('RESUME'),
  completeReferral: move<MutationCompleteReferralArgs['input']>('COMPLETE', completes),
  failReferral: withReason('FAIL'),
  acknowledgeReferral: move<ReferralMoveInput>('ACKNOWLEDGE', () => acknowledges),
  markReferralEnteredInError: withReason('MARK_ENTERED_IN_ERROR'),
  declineReferral: move<ReferralReasonInput>('DECLINE', () => completes({ outcome: 'DECLINED_BY_PERSON' })),
  nameReferralBasis: move<MutationNameReferralBasisArgs['input']>('NAME_BASIS', async (input, context) => {
    const found = await context.referrals.load(input.referralId);
    const person = found === null ? null : await context.persons.load(found.data.personId);
    if (found === null || person === null) return namesBasis(false, null);
    const { kind, target, categories, namedByNumber } = found.data;
    // As at its creation: whoever knows a number alone does not hear who consented to what.
    if (namedByNumber && input.consentId == null) return () => refused('INVALID', 'consentId').refusal;
    const wanted = { kind, target, categories, consentId: input.consentId ?? null, wayBackOf: null };
    const stands = await basisStands(context.reads, found.data, person.data);
    return namesBasis(stands, stands ? null : await basisFor(context, person, wanted));
  }),
  scheduleReferralAppointment: move<MutationScheduleReferralAppointmentArgs['input']>(
    'SCHEDULE_APPOINTMENT',
    async ({ start, end = null, locationId = null }, { reads }) => {
      const place = locationId === null ? null : await reads.store.load(locations, locationId);
      return schedules({ start, end, locationId, isThere: locationId === null || place?.data.retiredAt === null });
    },
  ),
  addReferralFollowUp: move<MutationAddReferralFollowUpArgs['input']>('ADD_FOLLOW_UP', (input, { newId }) =>
    addsFollowUp({ ...input, id: newId() }),
  ),
  completeReferralFollowUp: move<MutationCompleteReferralFollowUpArgs['input']>(
    'COMPLETE_FOLLOW_UP',
    ({ followUpId }) => completesFollowUp(followUpId),
  ),
  joinCareTeam: teamMove<MutationJoinCareTeamArgs['input']>('JOIN_CARE_TEAM', (input, context) => {
    const { lead = false, worker, ...more } = input;
    const joining = { ...more, lead: lead ?? false, worker: worker ?? context.request.caller.subject };
    return joinsCareTeam(context, joining);
  }),
  leaveCareTeam: teamMove<MutationLeaveCareTeamArgs['input']>('LEAVE_CARE_TEAM', ({ worker }, { request }) =>
    leavesCareTeam(worker ?? request.caller.subject),
  ),
  recordIntake: async (_root: Root, { input }: MutationRecordIntakeArgs, context: ReferralContext) => {
    const { intake, refusal } = await recordIntake(context, input);
    return { intake, userErrors: referralUserErrors(refusal) };
  },
};
