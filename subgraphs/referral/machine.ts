import { type ReferralState, type Role, TERMINAL, STATES } from './codes.ts';

/** One row of the state machine: who may make the move from where, and where it leads. */
export interface MoveRule {
  readonly from: readonly ReferralState[];
  /** `null` = the state stays. */
  readonly to: ReferralState | null;
  readonly by: readonly Role[];
  /** Who must say why: the text is refused when it is missing. */
  readonly reasonFrom?: readonly Role[];
  /** It begins or widens the sharing: not without a basis that stands. */
  readonly needsBasis?: true;
}

const OPEN = STATES.filter((state) => !TERMINAL.includes(state));
const SERVING: readonly ReferralState[] = ['ACCEPTED', 'IN_PROGRESS'];
const BOTH: readonly Role[] = ['REQUESTER', 'TARGET'];

/**
 * The referral as a state machine (domain, section 5): from it come the checks, what a client is told that it may do,
 * the diagram in docs/referral-states.md and the tests. States follow HL7 FHIR R4 `Task.status`.
 */
export const MOVES = {
  ACCEPT: { from: ['REQUESTED'], to: 'ACCEPTED', by: ['TARGET'], needsBasis: true },
  REJECT: { from: ['REQUESTED'], to: 'REJECTED', by: ['TARGET'] },
  REQUEST_INFORMATION: { from: ['REQUESTED'], to: null, by: ['TARGET'] },
  PROVIDE_INFORMATION: { from: ['REQUESTED'], to: null, by: ['REQUESTER'] },
  START: { from: ['ACCEPTED'], to: 'IN_PROGRESS', by: ['TARGET'], needsBasis: true },
  HOLD: { from: ['IN_PROGRESS'], to: 'ON_HOLD', by: ['TARGET'] },
  RESUME: { from: ['ON_HOLD'], to: 'IN_PROGRESS', by: ['TARGET'] },
  COMPLETE: { from: ['IN_PROGRESS'], to: 'COMPLETED', by: ['TARGET'] },
  FAIL: { from: ['IN_PROGRESS'], to: 'FAILED', by: ['TARGET'], reasonFrom: ['TARGET'] },
  CANCEL: {
    from: ['REQUESTED', 'ACCEPTED', 'IN_PROGRESS', 'ON_HOLD'],
    to: 'CANCELLED',
    by: BOTH,
    reasonFrom: ['TARGET'],
  },
  DECLINE: { from: OPEN, to: 'CANCELLED', by: ['PERSON'] },
  MARK_ENTERED_IN_ERROR: { from: OPEN, to: 'ENTERED_IN_ERROR', by: ['REQUESTER'] },
  ACKNOWLEDGE: { from: ['COMPLETED', 'FAILED', 'REJECTED'], to: null, by: ['REQUESTER'] },
  REFER_ONWARD: { from: SERVING, to: null, by: ['TARGET'] },
  NAME_BASIS: { from: OPEN, to: null, by: ['REQUESTER'] },
  SCHEDULE_APPOINTMENT: { from: SERVING, to: null, by: ['TARGET'] },
  ADD_FOLLOW_UP: { from: [...SERVING, 'ON_HOLD', 'COMPLETED'], to: null, by: ['TARGET'] },
  COMPLETE_FOLLOW_UP: { from: [...SERVING, 'ON_HOLD', 'COMPLETED'], to: null, by: BOTH },
  JOIN_CARE_TEAM: { from: SERVING, to: null, by: ['TARGET'], needsBasis: true },
  // As long as sharing may go on, which is some days beyond the end.
  LEAVE_CARE_TEAM: { from: [...SERVING, 'ON_HOLD', 'COMPLETED', 'FAILED'], to: null, by: ['TARGET'] },
  MESSAGE: { from: [...OPEN, 'COMPLETED', 'FAILED'], to: null, by: BOTH, needsBasis: true },
} as const satisfies Readonly<Record<string, MoveRule>>;
export type Move = keyof typeof MOVES;

/** What a move is looked at against. */
interface Present {
  readonly state: ReferralState;
  readonly roles: readonly Role[];
  /** Does its basis stand? */
  readonly stands: boolean;
}

/** Why a move is not there for this side now; `null` = it is. */
export function refusalOf(move: Move, { state, roles, stands }: Present) {
  const { from, by, needsBasis }: MoveRule = MOVES[move];
  if (!by.some((role) => roles.includes(role))) return 'NOT_YOUR_MOVE' as const;
  if (!from.includes(state)) return 'WRONG_STATE' as const;
  return needsBasis && !stands ? ('BASIS_MISSING' as const) : null;
}

/** The side by which a caller who has several makes a move. */
export function roleFor(move: Move, roles: readonly Role[]): Role | undefined {
  const { by }: MoveRule = MOVES[move];
  return by.find((role) => roles.includes(role));
}
