import { createHash } from 'node:crypto';
import { readClients } from '../../schema/clients.ts';
import { departmentsOf, readDeployment } from '../../schema/departments.ts';
import { localIdsOf } from '../systems/world/local-ids-of.ts';
import type { World, WorldPerson } from '../systems/world/model.ts';
import { familyOf, personById, storyPerson } from '../systems/world/world.ts';

/** Stays unregistered until the demo registers him through the API. */
export const NOT_YET_IN_CARE = 'migrant-worker';
const DISTRICT_DIGITS = 6;
const CARE_TEAM = 'care-team-pupil';

const departments = departmentsOf(readDeployment());

/** The hub id of a made-up person: opaque, and the same at each start, so that scripts can go on from `data/demo.json`. */
export function hubIdOf(world: World, person: WorldPerson): string {
  const hex = createHash('sha256').update(`${world.seed}:${person.id}`).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}

/**
 * The people in care when the demo begins, as `subgraphs/person/seed` reads them: everybody of the stories and the first
 * of the others, up to `atMost`; with the pupil's consents and her care team.
 */
export function careSeed(world: World, { atMost = 60 }: { atMost?: number } = {}) {
  const inCare = world.people.filter(({ story }) => story !== NOT_YET_IN_CARE).slice(0, atMost);
  // One local id that two persons claim belongs to the first; the other's claim is the link command's to report.
  const claimed = new Set<string>();
  return {
    persons: inCare.map((person) => ({
      id: hubIdOf(world, person),
      idNumber: person.idNumber,
      name: person.name,
      sex: person.sex,
      birthDate: person.birthDate,
      division: person.division,
      links: linksOf(world, person, claimed),
      guardianships: guardianshipsOf(world, person),
      ...(person.story === 'pupil-in-crisis' && pupilsCare(world)),
    })),
  };
}

function linksOf(world: World, person: WorldPerson, claimed: Set<string>) {
  return departments.flatMap(({ slug, code }) =>
    localIdsOf(world, person, slug).flatMap((localId) => {
      const key = `${code} ${localId}`;
      if (claimed.has(key)) return [];
      claimed.add(key);
      return [{ department: code, localId, division: person.division.slice(0, DISTRICT_DIGITS) }];
    }),
  );
}

function guardianshipsOf(world: World, person: WorldPerson) {
  return familyOf(world, person)
    .guardians.filter(([, ward]) => ward === person.id)
    .map(([guardian]) => ({
      guardianId: hubIdOf(world, personById(world, guardian)),
      ...(isAdult(world, person)
        ? { kind: 'APPOINTED' as const, ward: 'ADULT' as const, evidence: 'judgment-2024-0311', from: '2024-04-01' }
        : {
            kind: 'PARENT' as const,
            ward: 'MINOR' as const,
            evidence: 'household-register',
            from: person.birthDate,
          }),
      to: null,
      suspended: false,
    }));
}

/** On the day that plays today; a day off matters to nobody of the stories. */
function isAdult({ today }: World, { birthDate }: WorldPerson): boolean {
  return Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4)) >= 18;
}

/** Her mother and she agreed: the school sees that she is followed up; one health worker leads her care and sees all six. */
function pupilsCare(world: World) {
  const { clients, people } = readClients();
  const school = clients.find(({ clientId }) => clientId === 'education-system');
  const worker = people.find(({ login }) => login === 'health-worker');
  if (!school?.division || !worker?.division || worker.organisation === null)
    throw new Error('schema/clients.json lacks the school or the health worker');
  const all = departments.flatMap(({ categories }) => categories.map(({ name }) => name));
  const paper = {
    at: '2026-01-01T00:00:00+08:00',
    evidence: 'paper-2026-0117',
    language: 'zh-CN',
    recordedBy: { subject: school.subject ?? '', client: school.clientId, department: school.department },
  };
  const mother = { by: 'GUARDIAN' as const, guardianId: storyOf(world, 'mother').id, relation: 'MOTHER', ...paper };
  const consent = {
    agreements: [mother, { by: 'SELF' as const, guardianId: null, relation: null, ...paper }],
    completeAt: '2026-01-01T00:00:00+08:00',
    purposes: ['CARE' as const],
    from: '2026-01-01T00:00:00+08:00',
    to: null,
    withdrawnAt: null,
    coversWayBack: true,
  };
  return {
    lifeEvents: [{ kind: 'ENROLLED' as const, date: '2026-09-01', shownBy: 'education:enrolment' }],
    consents: [
      {
        ...consent,
        id: 'consent-school',
        recipients: [{ department: 'EDUCATION', organisation: null, team: null, division: school.division }],
        categories: ['health:follow-up', 'health:visits'],
      },
      {
        ...consent,
        id: 'consent-care-team',
        // The team by name, not the worker's whole institution: what its members see, they see as its members.
        recipients: [{ department: null, organisation: null, team: CARE_TEAM, division: worker.division }],
        categories: all,
      },
    ],
    careTeam: [
      {
        worker: worker.subject,
        organisation: worker.organisation,
        team: CARE_TEAM,
        division: worker.division,
        role: 'case-manager',
        categories: all,
        from: '2026-01-01',
        to: null,
        lead: true,
        ground: { kind: 'CONSENT' as const, consentId: 'consent-care-team' },
      },
    ],
  };
}

/** A person of a story, with the hub id. */
export function storyOf(world: World, story: string): { id: string; person: WorldPerson } {
  const person = storyPerson(world, story);
  return { id: hubIdOf(world, person), person };
}
