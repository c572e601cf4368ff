import type { School } from '../../systems/world/model.ts';
import { randomFor } from '../../systems/world/random.ts';
import { type DirectorySeed, drawnCapacity, joined, NOTHING, OFFICE_HOURS } from './entries.ts';
import { drawnPerson } from './towns-and-villages.ts';

const AGES = {
  KINDERGARTEN: [3, 6],
  PRIMARY: [6, 12],
  JUNIOR: [11, 16],
  SENIOR: [14, 19],
  UNIVERSITY: [16, 30],
} as const;

/** Schools with a counselling room and its teacher each; a kindergarten has none. */
export function schoolEntries(
  schools: readonly School[],
  { seed, today }: { seed: number; today: string },
): DirectorySeed {
  return joined(schools.map((school) => oneSchool(school, { seed, today })));
}

function oneSchool(school: School, { seed, today }: { seed: number; today: string }): DirectorySeed {
  const { name, division, organisationCode, stage } = school;
  const random = randomFor(seed, 'directory', school.id);
  const id = `school-${school.id.toLowerCase()}`;
  const organisation = {
    id,
    name,
    kind: stage === 'UNIVERSITY' ? 'UNIVERSITY' : 'SCHOOL',
    department: 'EDUCATION',
    division,
    supervisor: 'education-bureau',
    creditCode: organisationCode,
  };
  if (stage === 'KINDERGARTEN') return { ...NOTHING, organisations: [organisation] };
  const [minimumAge, maximumAge] = AGES[stage];
  return {
    ...NOTHING,
    organisations: [organisation],
    locations: [{ id: `${id}-room`, organisation: id, name: `${name}心理辅导室`, kind: 'SCHOOL_ROOM', division }],
    services: [
      {
        id: `${id}-counselling`,
        organisation: id,
        name: `${name}心理辅导室`,
        kind: 'SCHOOL_COUNSELLING',
        needs: ['SCHOOL_COUNSELLING'],
        eligibility: { minimumAge, maximumAge, lifeStages: ['STUDENT'], audiences: ['PUPILS', 'PARENTS'] },
        areas: [division],
        locations: [`${id}-room`],
        schedules: OFFICE_HOURS,
        assuredDate: today,
      },
    ],
    professionals: [
      {
        id: `${id}-counsellor`,
        organisation: id,
        ...drawnPerson(random),
        profession: 'SCHOOL_COUNSELLOR',
        qualifications: [{ name: '心理健康教育教师资格', issuer: '教育行政部门' }],
        needs: ['SCHOOL_COUNSELLING'],
      },
    ],
    capacities: [drawnCapacity(random, `${id}-counselling`, today)],
  };
}
