import { GraphQLError, type GraphQLResolveInfo } from 'graphql';
import type { QueryReferralChangesArgs } from '../../../schema/generated/api-types.ts';
import { connection } from '../../shared/connection.ts';
import type { ReferralContext } from '../referral-context.ts';
import { shownReferral } from '../referral-view.ts';
import type { FeedChange } from './feed.ts';
import { messageId } from './message-id.ts';
import { readChanges } from './read-changes.ts';

export const changeQueries = {
  referralChanges: async (
    _root: unknown,
    { first, after = null, start }: QueryReferralChangesArgs,
    { reads, request }: ReferralContext,
  ) => {
    const { page } = await readChanges(reads.store, request.caller, { first, after, start });
    if (page === null) throw notOfThisFeed();
    const { items, endCursor, hasNextPage } = page;
    const shown = connection(items, { more: hasNextPage, after }, (change) => ({
      ...change,
      id: messageId(change.id),
    }));
    return { ...shown, pageInfo: { ...shown.pageInfo, endCursor } };
  },
};

/** Beside ids, states and versions: the referral itself, for its parties, in one question with the feed. */
export const changeFields = {
  referral: async (
    { referralId }: Pick<FeedChange, 'referralId'>,
    _args: unknown,
    context: ReferralContext,
    info: GraphQLResolveInfo,
  ) => shownReferral(context, await context.referrals.load(referralId), info),
};

/** Going on from it could leave something out: the reader has to know, and to begin anew. */
function notOfThisFeed(): GraphQLError {
  return new GraphQLError(
    'This cursor is not one of this feed, or the feed was set back; read it anew from the beginning.',
    { extensions: { code: 'BAD_USER_INPUT' } },
  );
}
