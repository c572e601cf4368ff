/** People, callers and services for the tests of this folder. Nobody here exists. */
import { checkCharacter } from '../../adapters/shared/id-number.ts';
import type { Store } from '../../adapters/store/port.ts';
import { testVault } from '../../adapters/vault/vault.fixture.ts';
import { openSqliteStore } from '../../adapters/store/sqlite/sqlite-store.ts';
import { departmentsOf, readDeployment } from '../../schema/departments.ts';
import type { Caller } from '../shared/caller.ts';
import type { CareTeamMember } from './care-team.ts';
import type { Consent } from './consent/consent.ts';
import type { Link } from './crosswalk.ts';
import { idNumberHash } from './id-number-hash.ts';
import type { Person } from './person.ts';
import type { Acting, PersonServices } from './person-outcome.ts';

export const NOW = Date.UTC(2026, 10, 20, 4);
export const DISTRICT = '990101';
export const TOWN = '990101002';
export const OTHER_DISTRICT = '990102';
export const departments = departmentsOf(readDeployment());
export const allScopes: readonly string[] = departments.flatMap(({ categories }) =>
  categories.map(({ scope }) => scope),
);

export const caller = (changes: Partial<Caller> = {}): Caller => ({
  subject: 'worker-1',
  client: 'health-system',
  organisation: 'district-hospital',
  department: 'HEALTH',
  division: DISTRICT,
  roles: ['case-worker', 'designated-staff'],
  scopes: allScopes,
  purposes: ['CARE', 'REFERRAL', 'CRISIS_RESPONSE', 'MANDATORY_REPORTING', 'STATISTICS', 'SELF_ACCESS', 'AUDIT'],
  personId: null,
  ...changes,
});

export const acting = (changes: Partial<Caller> = {}): Acting => ({ caller: caller(changes), purpose: 'CARE' });

export const link = (changes: Partial<Link> = {}): Link => ({
  department: 'HEALTH',
  localId: 'H-1',
  division: DISTRICT,
  evidence: 'MANUAL',
  linkedBy: 'worker-1',
  linkedAt: '2026-01-05T00:00:00.000Z',
  unlinkedAt: null,
  unlinkedBy: null,
  unlinkReason: null,
  ...changes,
});

export const consent = (changes: Partial<Consent> = {}): Consent => ({
  id: 'consent-1',
  agreements: [
    {
      by: 'SELF',
      guardianId: null,
      relation: null,
      at: '2026-01-01T00:00:00Z',
      evidence: 'form-1',
      language: 'zh-CN',
      recordedBy: { subject: 'worker-1', client: 'health-system' },
    },
  ],
  completeAt: '2026-01-01T00:00:00Z',
  recipients: [{ department: 'HEALTH', organisation: null, team: null, division: DISTRICT }],
  categories: ['education:counselling'],
  purposes: ['CARE'],
  from: '2026-01-01T00:00:00Z',
  to: null,
  withdrawnAt: null,
  withdrawnBy: null,
  coversWayBack: false,
  recorded: null,
  ...changes,
});

export const member = (changes: Partial<CareTeamMember> = {}): CareTeamMember => ({
  worker: 'worker-1',
  organisation: 'district-hospital',
  team: 'care-team-1',
  division: DISTRICT,
  role: 'psychiatrist',
  categories: ['education:assessment'],
  from: '2026-01-01',
  to: null,
  lead: true,
  ground: { kind: 'STATUTORY_DUTY', duty: '精神卫生法 art. 55' },
  ...changes,
});

export const person = (changes: Partial<Person> = {}): Person => ({
  idHash: null,
  name: '王小明',
  sex: 'MALE',
  birthDate: '2011-03-05',
  division: TOWN,
  registrations: [],
  links: [],
  lifeEvents: [],
  guardianships: [],
  careTeam: [],
  consents: [],
  ...changes,
});

/** A valid ID number: born that day, the sequence's last digit odd for men. */
export function idNumber(birthDate = '2011-03-05', sequence = '011'): string {
  const first17 = `990101${birthDate.replaceAll('-', '')}${sequence}`;
  return first17 + checkCharacter(first17);
}

/** Services over an empty store in memory; ids are `person-1`, `person-2` … */
export function services(): PersonServices & { readonly store: Store } {
  let made = 0;
  return {
    store: openSqliteStore({ file: ':memory:', clock: () => NOW }),
    idNumberHash: idNumberHash('a pepper for tests, 32 characters'),
    now: () => NOW,
    newId: () => `person-${(made += 1)}`,
    by: { request: 'request-1', actor: null, purpose: 'CARE' },
    vault: testVault(),
  };
}
