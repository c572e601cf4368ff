import type { DepartmentSource } from '../../../adapters/shared/source.ts';
import type { FuzzedSeed } from '../../../gateway/fuzzed-seed.fixture.ts';
import { ageBandOf } from '../reference/age-bands.ts';
import { DEPARTMENTS } from '../reference/departments.ts';
import { WITHDRAWN_AT } from '../reference/consents.ts';
import { AS_OF } from '../reference/facet.ts';
import type { ConsentFacts, EmergencyFacts, PersonFacts, ReferralFacts, World } from './facts.ts';
import { DISTRICT, PARTIES } from './pools.ts';

const LONG_AGO = '2026-01-01T00:00:00.000Z';

/** The facts of a world in the form in which the hub keeps them, and the departments that answer with its records. */
export function asStored(world: World): FuzzedSeed {
  return {
    now: world.now,
    persons: world.persons.map((one) => ({ id: one.id, idNumber: one.idNumber, data: storedPerson(one) })),
    referrals: world.referrals.map((one) => {
      const { id, personId, reason } = one;
      return { id, personId, reason, data: storedReferral(one, world) };
    }),
    emergencies: world.emergencies.map((one) => ({ id: one.id, data: storedEmergency(one) })),
    organisations: PARTIES.map(({ organisation, department, division }) => ({
      id: organisation,
      data: storedOrganisation(organisation, department, division),
    })),
    sources: Object.fromEntries(DEPARTMENTS.map((department) => [department.slug, sourceOf(department, world)])),
  };
}

function storedPerson({ name, sex, birthDate, division, ...person }: PersonFacts) {
  return {
    name,
    sex,
    birthDate,
    division,
    registrations: [],
    lifeEvents: person.lifeEvents,
    links: person.links.map(({ undone, ...link }) => ({
      ...link,
      evidence: 'MANUAL',
      linkedBy: 'somebody',
      linkedAt: LONG_AGO,
      unlinkedAt: undone ? LONG_AGO : null,
      unlinkedBy: undone ? 'somebody' : null,
      unlinkReason: undone ? 'a mistake' : null,
    })),
    guardianships: person.guardians.map((one) => ({ ...one, kind: 'PARENT', evidence: 'register', suspensions: [] })),
    careTeam: person.team.map((one) => ({ ...one, role: 'case-manager', lead: false })),
    consents: person.consents.map(storedConsent),
  };
}

function storedConsent({ complete, withdrawn, ...consent }: ConsentFacts) {
  const agreement = {
    by: 'SELF',
    guardianId: null,
    relation: null,
    at: LONG_AGO,
    evidence: 'paper-1',
    language: 'zh-CN',
    recordedBy: { subject: 'somebody', client: 'hub-console', department: null },
  };
  return {
    ...consent,
    agreements: [agreement],
    completeAt: complete ? LONG_AGO : null,
    withdrawnAt: withdrawn ? WITHDRAWN_AT : null,
    withdrawnBy: withdrawn ? 'SELF' : null,
    coversWayBack: false,
    recorded: null,
  };
}

function storedReferral({ id, ground, ...referral }: ReferralFacts, { persons, now }: World) {
  const { kind, personId } = referral;
  const person = persons.find((one) => one.id === personId);
  return {
    ...referral,
    basis: ground.kind === 'EMERGENCY' ? ground : { ...ground, until: null },
    priority: kind === 'SERVICE' ? 'ROUTINE' : 'CRISIS',
    numberHash: null,
    namedByNumber: false,
    ageBand: ageBandOf(person?.birthDate ?? null, now),
    division: person?.division ?? DISTRICT,
    serviceId: null,
    reasonCode: 'MOOD',
    isFirstReport: false,
    intakeId: null,
    loopClosedAt: null,
    rejection: null,
    outcome: null,
    ending: null,
    basisEndedAt: null,
    clocks: [],
    appointment: null,
    dischargeAssessment: null,
    platformNumber: null,
    attachments: [],
    messages: [],
    followUps: [],
    team: [],
    history: [],
    applied: [{ client: 'hub-console', key: id, digest: '', version: 1 }],
  };
}

const storedEmergency = ({ id, ...emergency }: EmergencyFacts) => ({
  ...emergency,
  client: 'hub-console',
  organisation: null,
  department: null,
  division: DISTRICT,
  personDivision: DISTRICT,
  reason: null,
  idempotencyKey: id,
  review: null,
  reminders: 0,
  toldAt: null,
  spooledAt: null,
});

const storedOrganisation = (name: string, department: string | null, division: string) => ({
  name,
  alternateName: null,
  description: '',
  kind: department === null ? 'POLICE' : 'DEPARTMENT',
  department,
  division,
  supervisor: null,
  creditCode: null,
  email: null,
  website: null,
  phones: [],
  contacts: [],
  evaluations: [],
  retiredAt: null,
  updatedAt: LONG_AGO,
  writes: [],
});

/** Of ports that call a category in the plural. */
const READS: Readonly<Record<string, string>> = {
  'womens-federation:rights-case': 'rightsCasesOf',
  'womens-federation:hotline': 'hotlineContactsOf',
};

/** A department in memory, whatever its port: one read a category. */
function sourceOf({ slug, categories }: (typeof DEPARTMENTS)[number], { records }: World): DepartmentSource {
  const reads = Object.entries(categories).map(([name, field]) => {
    const category = `${slug}:${name}`;
    const register = records[category] ?? {};
    const read = async (localIds: readonly string[]) => ({
      asOf: AS_OF,
      cached: false,
      rows: localIds.map(
        (id) =>
          register[id]?.map(({ fields, sealed, withheld }) => ({ ...fields, sealed, ...(withheld && { withheld }) })) ??
          null,
      ),
    });
    return [READS[category] ?? `${field}Of`, read] as const;
  });
  return {
    ...Object.fromEntries(reads),
    register: async () => ({ entries: [], next: null }),
    probe: async () => {},
    close: async () => {},
  };
}
