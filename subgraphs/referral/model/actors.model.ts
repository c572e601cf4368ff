/** Who takes part in the model-based test, and the content of the moves that they make. Test support. */
import type { HubRequest } from '../../shared/hub-request.ts';
import type { Move } from '../machine.ts';
import type { ModelReferral } from './reference.model.ts';
import type { Role } from '../codes.ts';
import { at, byThemselves } from '../referral.fixture.ts';

export interface Actor {
  readonly as: HubRequest;
  /** Organisations that they act for. */
  readonly serves: readonly string[];
  /** The person, or a guardian who may act. */
  readonly isPerson?: true;
}

/** The department's system serves both sides where both are of health; the father is suspended. */
export const ACTORS: Readonly<Record<string, Actor>> = {
  school: { as: at('school-7'), serves: ['school-7'] },
  clinic: { as: at('clinic'), serves: ['clinic'] },
  commission: { as: at('health-commission'), serves: ['health-commission'] },
  healthSystem: {
    as: at('health-commission', { roles: ['department-system'], subject: 'health-system', client: 'health-system' }),
    serves: ['clinic', 'health-commission'],
  },
  ward: { as: byThemselves('ward'), serves: [], isPerson: true },
  mother: { as: byThemselves('mother'), serves: [], isPerson: true },
  father: { as: byThemselves('father'), serves: [] },
  anotherChild: { as: byThemselves('adult'), serves: [] },
  mediators: { as: at('mediators'), serves: [] },
  police: { as: at('police'), serves: [] },
  otherDistrict: { as: at('clinic', { division: '990102', subject: 'worker-of-another-district' }), serves: [] },
  analyst: { as: at('clinic', { purpose: 'STATISTICS', subject: 'analyst-of-clinic' }), serves: [] },
};

export function rolesOf({ serves, isPerson }: Actor, { shape }: Pick<ModelReferral, 'shape'>): readonly Role[] {
  if (isPerson) return ['PERSON'];
  return [
    ...(serves.includes(shape.requester) ? (['REQUESTER'] as const) : []),
    ...(serves.includes(shape.target) ? (['TARGET'] as const) : []),
  ];
}

/** What is said with a move, and what the hub is to say to it where the table allows it. */
export interface Content {
  readonly input: Readonly<Record<string, unknown>>;
  readonly refusal: (referral: ModelReferral, roles: readonly Role[]) => string | null;
}

const TURNED = 'a\u202eb';
const fine = (input: Content['input'] = {}): Content => ({ input, refusal: () => null });
const refused = (input: Content['input'], code: string): Content => ({ input, refusal: () => code });

const TEXTS = [
  fine({ text: '请补充近期情况' }),
  refused({ text: '  ' }, 'INVALID'),
  refused({ text: TURNED }, 'INVALID'),
];
/** What the table says of reasons is checked apart. */
const REASONS = [
  fine({ reason: '转由他处' }),
  fine({ reason: '工作安排' }),
  fine(),
  refused({ reason: TURNED }, 'INVALID'),
];

/** Contents of each move: the first is good, save where only the referral can tell. */
export const CONTENTS: Readonly<Record<Exclude<Move, 'REFER_ONWARD'>, readonly [string, ...Content[]]>> = {
  ACCEPT: ['acceptReferral', fine()],
  REJECT: [
    'rejectReferral',
    fine({ code: 'DUPLICATE' }),
    fine({ code: 'OTHER', reason: '另有安排' }),
    refused({ code: 'OTHER' }, 'REASON_MISSING'),
    refused({ code: 'DUPLICATE', reason: TURNED }, 'INVALID'),
    {
      input: { code: 'AT_CAPACITY' },
      refusal: ({ shape }) => (shape.kind === 'CRISIS' && shape.target === 'clinic' ? 'CAPACITY_NO_GROUND' : null),
    },
  ],
  REQUEST_INFORMATION: ['requestReferralInformation', ...TEXTS],
  PROVIDE_INFORMATION: ['provideReferralInformation', ...TEXTS],
  MESSAGE: ['addReferralMessage', ...TEXTS],
  START: ['startReferral', fine()],
  HOLD: ['holdReferral', ...REASONS],
  RESUME: ['resumeReferral', fine()],
  COMPLETE: [
    'completeReferral',
    fine({ outcome: 'SERVED' }),
    fine({ outcome: 'SERVED', advice: '每周一次辅导' }),
    refused({ outcome: 'SERVED', advice: TURNED }, 'INVALID'),
  ],
  FAIL: ['failReferral', ...REASONS],
  CANCEL: ['cancelReferral', ...REASONS],
  DECLINE: ['declineReferral', ...REASONS],
  MARK_ENTERED_IN_ERROR: ['markReferralEnteredInError', ...REASONS],
  ACKNOWLEDGE: [
    'acknowledgeReferral',
    { input: {}, refusal: ({ loopClosed }) => (loopClosed ? 'ALREADY_CLOSED' : null) },
  ],
  // Whether there is a basis is the model's to say.
  NAME_BASIS: ['nameReferralBasis', fine(), fine({ consentId: 'c2' }), fine({ consentId: 'none' })],
  SCHEDULE_APPOINTMENT: [
    'scheduleReferralAppointment',
    fine({ start: '2036-12-01T01:00:00Z', end: '2036-12-01T02:00:00Z' }),
    refused({ start: '2036-12-01T01:00:00Z', end: '2036-12-01T00:00:00Z' }, 'INVALID'),
  ],
  ADD_FOLLOW_UP: [
    'addReferralFollowUp',
    fine({ role: 'TARGET', dueOn: '2036-12-01', text: '电话随访' }),
    fine({ role: 'REQUESTER', dueOn: '2036-12-02', text: '班级观察' }),
    refused({ role: 'TARGET', dueOn: '2036-12-01', text: TURNED }, 'INVALID'),
  ],
  COMPLETE_FOLLOW_UP: ['completeReferralFollowUp', refused({ followUpId: 'none' }, 'NOT_FOUND')],
  JOIN_CARE_TEAM: [
    'joinCareTeam',
    fine({ role: '咨询师', categories: ['education:assessment'] }),
    fine({ role: '咨询师', categories: ['education:enrolment'], worker: 'worker-of-mediators' }),
    refused({ role: '咨询师', categories: ['health:diagnoses'] }, 'CATEGORY_NOT_ALLOWED'),
    refused({ role: '咨询师', categories: [] }, 'CATEGORY_NOT_ALLOWED'),
  ],
  LEAVE_CARE_TEAM: ['leaveCareTeam', refused({ worker: 'nobody' }, 'NOT_FOUND')],
};

/** Contents that depend on what a referral holds: its tasks, its categories. */
export function contentsOf(move: keyof typeof CONTENTS, referral: ModelReferral): readonly Content[] {
  const [, ...contents] = CONTENTS[move];
  if (move === 'COMPLETE_FOLLOW_UP') {
    const ofTasks = [...referral.followUps].map(([followUpId, whose]): Content => ({
      input: { followUpId },
      refusal: (_, roles) => (roles.some((role) => role === whose) ? null : 'NOT_YOUR_MOVE'),
    }));
    return [...ofTasks, ...contents];
  }
  if (move === 'LEAVE_CARE_TEAM') return [...[...referral.team.keys()].map((worker) => fine({ worker })), ...contents];
  if (move !== 'JOIN_CARE_TEAM') return contents;
  const shared: readonly string[] = referral.shape.categories;
  return contents.map((one): Content => {
    const { categories = [] } = one.input as { categories?: readonly string[] };
    const covered = categories.every((name) => shared.includes(name));
    return covered ? one : { ...one, refusal: () => 'CATEGORY_NOT_ALLOWED' };
  });
}
