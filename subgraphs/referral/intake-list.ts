import type { GraphQLResolveInfo } from 'graphql';
import { connection, pageSize } from '../shared/connection.ts';
import { intakes, intakesOf, type StoredIntake } from './intake.ts';
import { KIND_RULES } from './kind-rules.ts';
import { intakeKey, referrals } from './referral.ts';
import type { ReferralContext } from './referral-context.ts';
import { listKey } from './referral-lists.ts';
import { shownReferral } from './referral-view.ts';

/** The contacts of the caller's side, the open ones first; `null` = they have none, or not for this purpose. */
export async function intakePage(
  context: ReferralContext,
  { first, after = null }: { first?: number | null | undefined; after?: string | null | undefined },
) {
  const { request, reads } = context;
  const key = await listKey(context);
  const { purpose, caller } = request;
  const served = KIND_RULES.HOTLINE_INTAKE.purposes.includes(purpose) && caller.purposes.includes(purpose);
  if (key === null || !served) return null;
  const { items, next } = await reads.store.page(intakes, {
    index: 'byKeeper',
    from: intakesOf(key, ''),
    to: intakesOf(key, '~'),
    cursor: after,
    first: pageSize(first),
  });
  return connection(items, { more: next !== null, after }, (intake) => intake);
}

type Field = (intake: StoredIntake, args: unknown, context: ReferralContext, info: GraphQLResolveInfo) => unknown;

const cameOf = async ({ id }: StoredIntake, { reads }: ReferralContext) =>
  reads.store.findByKey(referrals, intakeKey(id));

/** The fields of `Intake`. */
export const intakeFields: Readonly<Record<string, Field>> = {
  id: ({ id }) => id,
  channel: ({ data }) => data.channel,
  reasonCode: ({ data }) => data.reasonCode,
  division: ({ data }) => data.division,
  at: ({ data }) => data.at,
  referral: async (intake, _args, context, info) => shownReferral(context, await cameOf(intake, context), info),
  referred: async (intake, _args, context) => (await cameOf(intake, context)) !== null,
};
