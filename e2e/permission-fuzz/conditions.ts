import { DEPARTMENTS } from './reference/departments.ts';
import type { Asking } from './reference/asking.ts';
import type { PersonFacts, ReferralFacts, World } from './world/facts.ts';

/** Who asks, about whom, in which world. */
export interface Case {
  readonly asking: Asking;
  readonly person: PersonFacts;
  readonly world: World;
}

type Lift = (one: Case) => Case;

const LONG_AGO = '2000-01-01';
const BEFORE_ALL = `${LONG_AGO}T00:00:00.000Z`;
const AFTER_ALL = '2100-01-01T00:00:00.000Z';
const ALL_PURPOSES = ['CARE', 'REFERRAL', 'CRISIS_RESPONSE', 'MANDATORY_REPORTING'];

const asking =
  (change: (of: Asking) => Partial<Asking>): Lift =>
  (one) => ({ ...one, asking: { ...one.asking, ...change(one.asking) } });
const person =
  (change: (of: PersonFacts, by: Asking) => Partial<PersonFacts>): Lift =>
  (one) => ({ ...one, person: { ...one.person, ...change(one.person, one.asking) } });
const each = <Key extends 'consents' | 'team' | 'guardians' | 'links'>(
  key: Key,
  change: (by: Asking) => Partial<PersonFacts[Key][number]>,
): Lift => person((of, by) => ({ [key]: of[key].map((one) => ({ ...one, ...change(by) })) }));
const referrals =
  (change: (of: ReferralFacts, by: Asking) => Partial<ReferralFacts>): Lift =>
  (one) => ({
    ...one,
    world: { ...one.world, referrals: one.world.referrals.map((of) => ({ ...of, ...change(of, one.asking) })) },
  });
const emergencies =
  (change: (by: Asking) => Partial<World['emergencies'][number]>): Lift =>
  (one) => ({
    ...one,
    world: {
      ...one.world,
      emergencies: one.world.emergencies.map((of) => ({ ...of, ...change(one.asking) })),
    },
  });
const records =
  (change: { sealed: false } | { withheld: false }): Lift =>
  (one) => ({
    ...one,
    world: {
      ...one.world,
      records: Object.fromEntries(
        Object.entries(one.world.records).map(([category, register]) => [
          category,
          Object.fromEntries(
            Object.entries(register).map(([localId, rows]) => [localId, rows.map((row) => ({ ...row, ...change }))]),
          ),
        ]),
      ),
    },
  });
const ofReports = ({ kind }: ReferralFacts) => kind === 'MANDATORY_REPORT';
const toCaller = ({ department, organisation, division }: Asking) => ({
  target: { department, organisation: organisation ?? '', division: division ?? '' },
});

/**
 * Every condition of domain.md's tables under which somebody is kept from something, and the world or the caller without
 * it. A condition is tried where the answer would be another without it.
 */
export const CONDITIONS: Readonly<Record<string, Lift>> = {
  'statistics open nobody': asking(({ purpose }) => (purpose === 'STATISTICS' ? { purpose: 'CARE' } : {})),
  'an audit opens nobody': asking(({ purpose }) => (purpose === 'AUDIT' ? { purpose: 'CARE' } : {})),
  'a caller without a division sees nobody': asking(({ division }) => ({ division: division ?? '39' })),
  'custodian categories are for designated staff': asking(({ roles }) => ({ roles: [...roles, 'designated-staff'] })),
  'an employer never sees them': asking(({ department, personId }) =>
    department === null && personId === null ? { department: 'NONE' } : {},
  ),
  'a link that was undone is none': each('links', () => ({ undone: false })),
  'a record has a jurisdiction': each('links', ({ division }) => ({ division: division ?? '' })),
  'a consent that was withdrawn': each('consents', () => ({ withdrawn: false })),
  'a consent to which not all have agreed': each('consents', () => ({ complete: true })),
  'a consent that has not begun': each('consents', () => ({ from: BEFORE_ALL })),
  'a consent that is over': each('consents', () => ({ to: null })),
  'a consent for other purposes': each('consents', () => ({ purposes: ALL_PURPOSES })),
  'a consent to other recipients': each('consents', ({ division }) => ({
    recipients: [{ department: null, organisation: null, team: null, division: division ?? '' }],
  })),
  'a member of the team by name': each('team', ({ subject }) => ({ worker: subject })),
  'a member from another institution': each('team', ({ organisation }) => ({ organisation: organisation ?? '' })),
  'a member elsewhere': each('team', ({ division }) => ({ division: division ?? '' })),
  'a membership that has not begun': each('team', () => ({ from: LONG_AGO })),
  'a membership that is over': each('team', () => ({ to: null })),
  'a membership needs its ground': each('team', () => ({ ground: { kind: 'STATUTORY_DUTY' as const, duty: 'any' } })),
  'a referral that nobody accepted': referrals(({ acceptedAt }) => ({ acceptedAt: acceptedAt ?? BEFORE_ALL })),
  'a referral that broke off': referrals((of) => (ofReports(of) ? {} : { endedAt: null })),
  'a referral that ended a week ago': referrals((of) => (ofReports(of) ? {} : { finishedAt: null })),
  'a referral whose ground ended': referrals((of) => (ofReports(of) ? {} : { ground: { kind: 'MANDATORY_REPORT' } })),
  'a referral to somebody else': referrals((of, by) => (ofReports(of) ? {} : toCaller(by))),
  'a report that broke off': referrals((of) => (ofReports(of) ? { endedAt: null } : {})),
  'a report that ended a week ago': referrals((of) => (ofReports(of) ? { finishedAt: null } : {})),
  'a report to somebody else': referrals((of, by) => (ofReports(of) ? toCaller(by) : {})),
  'an emergency that is over': emergencies(() => ({ to: AFTER_ALL })),
  'an emergency of somebody else': emergencies(({ subject }) => ({ subject })),
  'an emergency needs its scope': asking(({ scopes }) => ({ scopes: [...scopes, 'emergency:access'] })),
  'a guardian who is suspended': each('guardians', () => ({ suspended: false })),
  'a guardian who is the suspect of a report': referrals(() => ({ suspects: [] })),
  'a guardian of a child who is grown': each('guardians', () => ({ ward: 'ADULT' as const })),
  'a guardianship that has not begun': each('guardians', () => ({ from: LONG_AGO })),
  'a guardianship that is over': each('guardians', () => ({ to: null })),
  'a person is nobody else': person((_, { personId }) => (personId === null ? {} : { id: personId })),
  'what is sealed shows to its own department alone': records({ sealed: false }),
  'what was withheld shows to everybody but the person': records({ withheld: false }),
  ...Object.fromEntries(
    DEPARTMENTS.flatMap(({ slug, categories }) =>
      Object.keys(categories).map((name) => [
        `${slug}:${name} needs its scope`,
        asking(({ scopes }) => ({ scopes: [...scopes, `${slug}:${name}:read`] })),
      ]),
    ),
  ),
};
