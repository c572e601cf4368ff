import type { DepartmentSource } from '../../../adapters/shared/source.ts';
import type { FuzzedSeed } from '../../../gateway/fuzzed-seed.fixture.ts';
import { ageBandOf } from '../reference/age-bands.ts';
import { DEPARTMENTS } from '../reference/departments.ts';
import { WITHDRAWN_AT } from '../reference/consents.ts';
import { AS_OF } from '../reference/facet.ts';
import type { ConsentFacts, EmergencyFacts, PersonFacts, ReferralFacts, World } from './facts.ts';
import { DISTRICT, PARTIES } from './pools.ts';
import { detailsOf } from './referral-details.ts';

const LONG_AGO = '2026-01-01T00:00:00.000Z';

/** The facts of a world in the form in which the hub keeps them, and the departments that answer with its records. */
export function asStored(world: World): FuzzedSeed {
  return {
    now: world.now,
    persons: world.persons.map((one) => ({ id: one.id, idNumber: one.idNumber, data: storedPerson(one) })),
    referrals: world.referrals.map((one) => {
      const { id, personId } = one;
      return { id, personId, texts: textsOf(one), data: (sealed) => storedReferral(one, { world, sealed }) };
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

/** By the places under which the hub seals them. */
function textsOf(referral: ReferralFacts): Readonly<Record<string, string>> {
  const { rejection, advice, endingReason, dischargeAssessment, message, followUp } = detailsOf(referral);
  return {
    reason: referral.reason,
    rejection: rejection.reason,
    advice,
    endingReason,
    dischargeAssessment: dischargeAssessment.summary,
    'message:m1': message.text,
    'follow-up:f1': followUp.text,
  };
}

function storedReferral(
  facts: ReferralFacts,
  { world: { persons, now }, sealed }: { world: World; sealed: Readonly<Record<string, unknown>> },
) {
  const { id, ground, ...referral } = facts;
  const details = detailsOf(facts);
  const { loopClosedAt, rejection, outcome, appointment, platformNumber, attachments } = details;
  const { kind, personId } = referral;
  const person = persons.find((one) => one.id === personId);
  return {
    ...referral,
    reason: sealed.reason,
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
    loopClosedAt,
    rejection: { ...rejection, reason: sealed.rejection },
    outcome: { code: outcome, advice: sealed.advice },
    ending: { role: 'TARGET', reason: sealed.endingReason },
    basisEndedAt: null,
    clocks: [],
    appointment: { start: appointment.start, end: appointment.end, locationId: null },
    dischargeAssessment: { ...details.dischargeAssessment, summary: sealed.dischargeAssessment },
    platformNumber,
    attachments,
    messages: [{ ...details.message, text: sealed['message:m1'] }],
    followUps: [{ ...details.followUp, text: sealed['follow-up:f1'] }],
    team: [],
    history: [{ ...details.history, organisation: referral.requester.organisation, subject: 'somebody' }],
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
