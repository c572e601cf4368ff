/** The operations of the hub's API that a desk uses. */
import type { DeskAnswer } from '../../../adapters/shared/referral-desk.ts';
import type { DeskMove } from './path-of-moves.ts';

/** What may go to the department. The reason in words is not asked for: docs/decisions/writing-back.md. */
const FIELDS =
  'id version kind state priority target { department organisation { id } } service { id } reasonCode ageBand division createdAt acceptedAt';

export const CHANGES = `query DeskChanges($after: String) { referralChanges(after: $after, first: 50) { edges { node { referralId kind referral { ${FIELDS} } } } pageInfo { endCursor hasNextPage } } }`;
export const REFERRAL = `query DeskReferral($id: ID!) { referral(id: $id) { ${FIELDS} } }`;
/** Only of one that is being served: whom it is about, by the department's own number. */
export const LOCAL_IDS =
  'query DeskPerson($id: ID!) { referral(id: $id) { subject { localIds { department localId } } } }';
export const OPEN = `query DeskOpen($state: ReferralState!, $after: String) { referrals(box: INBOX, filter: { state: $state }, first: 50, after: $after) { edges { node { ${FIELDS} } } pageInfo { endCursor hasNextPage } } }`;

interface DeskMutation {
  readonly field: string;
  readonly input: string;
  readonly content: (answer: DeskAnswer) => object;
}

const MUTATIONS: Readonly<Record<DeskMove, DeskMutation>> = {
  ACCEPT: { field: 'acceptReferral', input: 'ReferralMoveInput', content: () => ({}) },
  START: { field: 'startReferral', input: 'ReferralMoveInput', content: () => ({}) },
  RESUME: { field: 'resumeReferral', input: 'ReferralMoveInput', content: () => ({}) },
  REJECT: {
    field: 'rejectReferral',
    input: 'RejectReferralInput',
    content: ({ rejection, text }) => ({ code: rejection ?? 'OTHER', reason: text }),
  },
  COMPLETE: {
    field: 'completeReferral',
    input: 'CompleteReferralInput',
    content: ({ outcome, text }) => ({ outcome: outcome ?? 'OTHER', advice: text }),
  },
  FAIL: { field: 'failReferral', input: 'ReferralReasonInput', content: ({ text }) => ({ reason: text }) },
};

/** A move as an operation; its answer stands under `move`. */
export function moveDocument(move: DeskMove): string {
  const { field, input } = MUTATIONS[move];
  return `mutation DeskMove($input: ${input}!) { move: ${field}(input: $input) { referral { version state } userErrors { code } } }`;
}

/** What the move says beside which referral it moves. */
export const moveContent = (move: DeskMove, answer: DeskAnswer): object => MUTATIONS[move].content(answer);
