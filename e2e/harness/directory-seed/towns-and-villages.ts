import { drawName, drawSurname } from '../../systems/world/names.ts';
import type { Division } from '../../systems/world/model.ts';
import { type Random, randomFor } from '../../systems/world/random.ts';
import { ALL_DAY, type DirectorySeed, drawnCapacity, joined, landline, NOTHING, OFFICE_HOURS } from './entries.ts';

interface Drawing {
  readonly seed: number;
  readonly today: string;
}

/** What each town has: police, social work with the town's counselling room, rehabilitation, mediation, a governance centre. */
const IN_TOWNS = [
  {
    id: 'police-station',
    name: '派出所',
    organisation: { kind: 'POLICE', supervisor: 'police-bureau' },
    service: {
      kind: 'PROTECTION',
      needs: ['PUBLIC_SAFETY', 'CHILD_PROTECTION', 'DOMESTIC_VIOLENCE'],
      schedules: ALL_DAY,
      takesCrises: true,
    },
    room: null,
  },
  {
    id: 'governance-centre',
    name: '综治中心',
    organisation: { kind: 'GOVERNANCE_CENTRE', supervisor: 'governance-centre' },
    service: { kind: 'SOCIAL_WORK', needs: ['SOCIAL_WORK', 'MEDIATION'], schedules: OFFICE_HOURS },
    room: 'RECEPTION',
  },
  {
    id: 'social-work-station',
    name: '社会工作站',
    organisation: { kind: 'SOCIAL_WORK_STATION', department: 'CIVIL_AFFAIRS', supervisor: 'civil-affairs-bureau' },
    service: {
      kind: 'COUNSELLING_ROOM',
      needs: ['COUNSELLING', 'SOCIAL_WORK', 'ELDERLY_SUPPORT', 'BEREAVEMENT'],
      schedules: OFFICE_HOURS,
    },
    room: 'COUNSELLING_ROOM',
  },
  {
    id: 'rehabilitation-station',
    name: '精神障碍社区康复站',
    organisation: { kind: 'REHABILITATION_STATION', department: 'CIVIL_AFFAIRS', supervisor: 'civil-affairs-bureau' },
    service: {
      kind: 'REHABILITATION_STATION',
      needs: ['COMMUNITY_REHABILITATION', 'DISABILITY_SUPPORT'],
      schedules: OFFICE_HOURS,
      eligibility: { minimumAge: 16, audiences: ['PATIENTS_AND_FAMILIES'] },
    },
    room: 'REHABILITATION_STATION',
  },
  {
    id: 'mediation-committee',
    name: '人民调解委员会',
    organisation: { kind: 'MEDIATION_COMMITTEE', department: 'JUSTICE', supervisor: 'justice-bureau' },
    service: {
      kind: 'MEDIATION_ROOM',
      needs: ['MEDIATION'],
      schedules: OFFICE_HOURS,
      eligibility: { audiences: ['PEOPLE_IN_DISPUTE'] },
    },
    room: 'MEDIATION_ROOM',
  },
] as const;

export function townEntries({ code, name }: Division, { seed, today }: Drawing): DirectorySeed {
  const random = randomFor(seed, 'directory', code);
  return joined(
    IN_TOWNS.map(({ id: slug, name: suffix, organisation, service, room }) => {
      const id = `${slug}-${code}`;
      const title = `${name}${suffix}`;
      const locations =
        room === null ? [] : [{ id: `${id}-room`, organisation: id, name: title, kind: room, division: code }];
      return {
        ...NOTHING,
        organisations: [{ id, name: title, division: code, phones: landline(random), ...organisation }],
        locations,
        services: [
          {
            id: `${id}-service`,
            organisation: id,
            name: title,
            areas: [code],
            locations: locations.map((location) => location.id),
            assuredDate: today,
            ...service,
          },
        ],
        capacities: [drawnCapacity(random, `${id}-service`, today)],
      };
    }),
  );
}

/** Each village or community: its committee with a counselling room, and the named professional responsible for it. */
export function villageEntries({ code, name }: Division, { seed, today }: Drawing): DirectorySeed {
  const random = randomFor(seed, 'directory', code);
  const isVillage = name.endsWith('村');
  const id = `${isVillage ? 'village' : 'community'}-committee-${code}`;
  const professional = `${id}-professional`;
  return {
    ...NOTHING,
    organisations: [
      {
        id,
        name: `${name}${isVillage ? '村民' : '居民'}委员会`,
        kind: isVillage ? 'VILLAGE_COMMITTEE' : 'COMMUNITY_COMMITTEE',
        division: code,
        supervisor: `governance-centre-${code.slice(0, 9)}`,
        phones: landline(random),
      },
    ],
    locations: [
      { id: `${id}-room`, organisation: id, name: `${name}心理疏导室`, kind: 'COUNSELLING_ROOM', division: code },
    ],
    services: [
      {
        id: `${id}-service`,
        organisation: id,
        name: `${name}心理疏导室`,
        kind: 'COUNSELLING_ROOM',
        needs: ['COUNSELLING', 'COMPANIONSHIP'],
        areas: [code],
        locations: [`${id}-room`],
        schedules: OFFICE_HOURS,
        assuredDate: today,
      },
    ],
    professionals: [
      {
        id: professional,
        organisation: id,
        ...drawnPerson(random),
        profession: 'SOCIAL_WORKER',
        qualifications: [
          { name: '助理社会工作师', issuer: '民政部门', expiresOn: random.date('2026-06-01', '2030-12-31') },
        ],
        responsibleFor: [code],
        needs: ['COUNSELLING'],
      },
    ],
    capacities: [drawnCapacity(random, `${id}-service`, today)],
  };
}

export function drawnPerson(random: Random): { readonly name: string } {
  return { name: drawName(random, drawSurname(random), random.chance(0.5) ? 'MALE' : 'FEMALE') };
}
