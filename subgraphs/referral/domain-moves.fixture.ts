/** The referral's moves as the domain's table has them (section 5), written by hand beside machine.ts. Test support. */
import type { Move } from './machine.ts';
import type { ReferralState, Role } from './codes.ts';

/** From which state a move leads to which, for one side. What is not here is no move. */
export type Cells = Partial<Readonly<Record<ReferralState, ReferralState>>>;

const ACCEPTED_AND_IN_PROGRESS: Cells = { ACCEPTED: 'ACCEPTED', IN_PROGRESS: 'IN_PROGRESS' };
const UNTIL_COMPLETED: Cells = { ...ACCEPTED_AND_IN_PROGRESS, ON_HOLD: 'ON_HOLD', COMPLETED: 'COMPLETED' };
const CANCELLING: Cells = {
  REQUESTED: 'CANCELLED',
  ACCEPTED: 'CANCELLED',
  IN_PROGRESS: 'CANCELLED',
  ON_HOLD: 'CANCELLED',
};
const TALKING: Cells = { ...UNTIL_COMPLETED, REQUESTED: 'REQUESTED', FAILED: 'FAILED' };

export const DOMAIN_MOVES: Readonly<Record<Move, Partial<Readonly<Record<Role, Cells>>>>> = {
  ACCEPT: { TARGET: { REQUESTED: 'ACCEPTED' } },
  REJECT: { TARGET: { REQUESTED: 'REJECTED' } },
  REQUEST_INFORMATION: { TARGET: { REQUESTED: 'REQUESTED' } },
  CANCEL: { REQUESTER: CANCELLING, TARGET: CANCELLING },
  START: { TARGET: { ACCEPTED: 'IN_PROGRESS' } },
  HOLD: { TARGET: { IN_PROGRESS: 'ON_HOLD' } },
  RESUME: { TARGET: { ON_HOLD: 'IN_PROGRESS' } },
  COMPLETE: { TARGET: { IN_PROGRESS: 'COMPLETED' } },
  FAIL: { TARGET: { IN_PROGRESS: 'FAILED' } },
  ACKNOWLEDGE: { REQUESTER: { COMPLETED: 'COMPLETED', FAILED: 'FAILED', REJECTED: 'REJECTED' } },
  DECLINE: { PERSON: CANCELLING },
  MARK_ENTERED_IN_ERROR: {
    REQUESTER: {
      REQUESTED: 'ENTERED_IN_ERROR',
      ACCEPTED: 'ENTERED_IN_ERROR',
      IN_PROGRESS: 'ENTERED_IN_ERROR',
      ON_HOLD: 'ENTERED_IN_ERROR',
    },
  },
  REFER_ONWARD: { TARGET: ACCEPTED_AND_IN_PROGRESS },
  // Not rows of the table, but what it speaks of around it: the answer to a question, another basis, appointments,
  // follow-up, the care team, the communication log.
  PROVIDE_INFORMATION: { REQUESTER: { REQUESTED: 'REQUESTED' } },
  NAME_BASIS: {
    REQUESTER: { REQUESTED: 'REQUESTED', ACCEPTED: 'ACCEPTED', IN_PROGRESS: 'IN_PROGRESS', ON_HOLD: 'ON_HOLD' },
  },
  SCHEDULE_APPOINTMENT: { TARGET: ACCEPTED_AND_IN_PROGRESS },
  JOIN_CARE_TEAM: { TARGET: ACCEPTED_AND_IN_PROGRESS },
  LEAVE_CARE_TEAM: { TARGET: { ...UNTIL_COMPLETED, FAILED: 'FAILED' } },
  ADD_FOLLOW_UP: { TARGET: UNTIL_COMPLETED },
  COMPLETE_FOLLOW_UP: { REQUESTER: UNTIL_COMPLETED, TARGET: UNTIL_COMPLETED },
  MESSAGE: { REQUESTER: TALKING, TARGET: TALKING },
};

/** Who must say why: the target that cancels or fails. */
export const REASON_NEEDED: readonly (readonly [Move, Role])[] = [
  ['CANCEL', 'TARGET'],
  ['FAIL', 'TARGET'],
];
