/** The operations of the referrals' part of the story; docs/integrating.md shows some of them. */

const SHOWN = `id version state priority reasonCode reason ageBand categories basis basisStands overdue
    requester { organisation { name } } target { organisation { name } } subject { maskedName } advice endingReason loopClosedAt
    rejection { code nextServices { service { name organisation { name } } consentCovers } } clocks { step dueAt stoppedAt escalated } messages { role kind text } basedOn { id }`;

const payload = (field: string, input: string): string => `mutation Move($input: ${input}!) {
  ${field}(input: $input) { referral { ${SHOWN} } userErrors { code message path } }
}`;

const MOVE = 'ReferralMoveInput';
const TEXT = 'ReferralTextInput';

export const CREATE_REFERRAL = payload('createReferral', 'CreateReferralInput');

/** One mutation a move. */
export const REFERRAL_MOVES = {
  acceptReferral: payload('acceptReferral', MOVE),
  startReferral: payload('startReferral', MOVE),
  acknowledgeReferral: payload('acknowledgeReferral', MOVE),
  rejectReferral: payload('rejectReferral', 'RejectReferralInput'),
  completeReferral: payload('completeReferral', 'CompleteReferralInput'),
  requestReferralInformation: payload('requestReferralInformation', TEXT),
  provideReferralInformation: payload('provideReferralInformation', TEXT),
} as const;

export const REFERRAL = `query Referral($id: ID!) { referral(id: $id) { ${SHOWN} } }`;

export const INBOX = `query Inbox($filter: ReferralFilter) {
  referrals(box: INBOX, filter: $filter, order: DUE_FIRST, first: 10) {
    edges { node { id state priority reasonCode ageBand overdue } }
  }
  referralCounts(box: INBOX) { state count }
}`;

/** What the referral shares, reached through the referral itself. */
export const SHARED = `query Shared($id: ID!) {
  referral(id: $id) { subject { maskedName education { assessment { instrument date level } } } }
}`;

export const REFERRAL_CHANGES = `query Changes($after: String) {
  referralChanges(first: 100, after: $after) { edges { node { id referralId kind change step state version at } } pageInfo { hasNextPage endCursor } }
}`;
