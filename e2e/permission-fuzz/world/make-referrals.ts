import fc, { type Arbitrary } from 'fast-check';
import type { EmergencyFacts, Party, PersonFacts, ReferralFacts, ReferralGround, ReferralState } from './facts.ts';
import { GUARDIAN_IDS, parties, someCategories } from './arbitraries.ts';
import { NOW } from './pools.ts';

const DAY = 86_400_000;
const at = (offsetMs: number) => new Date(NOW + offsetMs).toISOString();

type Course = Pick<ReferralFacts, 'state' | 'createdAt' | 'acceptedAt' | 'finishedAt' | 'endedAt'>;

/** How far a referral came, with the instants on both sides of each limit. */
function coursesTo(state: ReferralState): Arbitrary<Course> {
  const course = (changes: Partial<Course> = {}): Course => ({
    state,
    createdAt: at(-40 * DAY),
    acceptedAt: at(-30 * DAY),
    finishedAt: null,
    endedAt: null,
    ...changes,
  });
  const one = (changes?: Partial<Course>) => fc.constant(course(changes));
  switch (state) {
    case 'REQUESTED':
      return one({ acceptedAt: null });
    case 'ACCEPTED':
    case 'IN_PROGRESS':
      return one();
    case 'COMPLETED':
    case 'FAILED':
      return fc
        .constantFrom(-DAY, -7 * DAY + 1, -7 * DAY, -20 * DAY)
        .map((finished) => course({ finishedAt: at(finished) }));
    case 'REJECTED':
      return one({ acceptedAt: null, endedAt: at(-2 * DAY) });
    case 'CANCELLED':
    case 'ENTERED_IN_ERROR':
      return fc.constantFrom(null, at(-30 * DAY)).map((acceptedAt) => course({ acceptedAt, endedAt: at(-DAY) }));
  }
}

const STATES: readonly ReferralState[] = [
  'REQUESTED',
  'REQUESTED',
  'ACCEPTED',
  'ACCEPTED',
  'IN_PROGRESS',
  'COMPLETED',
  'COMPLETED',
  'FAILED',
  'REJECTED',
  'CANCELLED',
  'ENTERED_IN_ERROR',
];

const courses: Arbitrary<Course> = fc.constantFrom(...STATES).chain(coursesTo);

function groundsOf(
  person: string,
  { kind, emergencies }: { kind: ReferralFacts['kind']; emergencies: readonly EmergencyFacts[] },
): Arbitrary<ReferralGround> {
  if (kind === 'MANDATORY_REPORT') return fc.constant({ kind: 'MANDATORY_REPORT' });
  const consented = fc
    .constantFrom('c1', 'c1', 'c1', 'c2', 'c2', 'gone')
    .map((id): ReferralGround => ({ kind: 'CONSENT', consentId: `${person}-${id}` }));
  const [emergency] = emergencies;
  if (emergency === undefined) return consented;
  const { id: emergencyId, to: until } = emergency;
  return fc.oneof(consented, fc.constant<ReferralGround>({ kind: 'EMERGENCY', emergencyId, until }));
}

/** Up to three about one person; the third may go on from the first, and an emergency of hers may carry them. */
export function referralsAbout(
  { id: personId }: PersonFacts,
  index: number,
  emergencies: readonly EmergencyFacts[],
): Arbitrary<readonly ReferralFacts[]> {
  const person = `p${index + 1}`;
  const own = emergencies.filter((one) => one.personId === personId);
  const one = (n: number): Arbitrary<ReferralFacts> =>
    fc
      .constantFrom(
        'SERVICE' as const,
        'SERVICE' as const,
        'CRISIS' as const,
        'MANDATORY_REPORT' as const,
        'MANDATORY_REPORT' as const,
      )
      .chain((kind) =>
        fc
          .record({
            requester: parties,
            target: parties,
            categories: someCategories,
            ground: groundsOf(person, { kind, emergencies: own }),
            goesOn: fc.boolean(),
            reporterWithheld: kind === 'MANDATORY_REPORT' ? fc.boolean() : fc.constant(false),
            suspects: kind === 'MANDATORY_REPORT' ? fc.subarray([...GUARDIAN_IDS], { maxLength: 2 }) : fc.constant([]),
            course: courses,
          })
          .map(
            ({
              course,
              goesOn,
              ...rest
            }: { course: Course; goesOn: boolean; requester: Party } & Omit<
              ReferralFacts,
              keyof Course | 'id' | 'personId' | 'kind' | 'reason' | 'basedOn'
            >) => ({
              ...rest,
              ...course,
              id: `${person}-r${n}`,
              personId,
              kind,
              reason: `why ${person}-r${n}`,
              basedOn: n === 3 && goesOn ? `${person}-r1` : null,
            }),
          ),
      );
  return fc.oneof(
    { weight: 1, arbitrary: fc.constant([]) },
    { weight: 2, arbitrary: fc.tuple(one(1)) },
    { weight: 2, arbitrary: fc.tuple(one(1), one(2)) },
    { weight: 2, arbitrary: fc.tuple(one(1), one(2), one(3)) },
  );
}
