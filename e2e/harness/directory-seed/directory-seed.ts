import type { World } from '../../systems/world/model.ts';
import { DISTRICT } from '../../systems/world/places.ts';
import { type Random, randomFor } from '../../systems/world/random.ts';
import { districtDivisions } from './divisions.ts';
import { districtServices } from './district-services.ts';
import { type DirectorySeed, joined, NOTHING, type SeededEntry } from './entries.ts';
import { offices } from './offices.ts';
import { schoolEntries } from './schools.ts';
import { drawnPerson, townEntries, villageEntries } from './towns-and-villages.ts';

const EXPERTS = 12;
const PSYCHIATRISTS = 4;
const CLINIC = 'district-psychiatric-clinic';
const ROSTER_DAYS = 14;
const DAY_MS = 86_400_000;

/**
 * The service directory of the made-up district, as `subgraphs/directory/seed` reads it: twelve departments, the network
 * of three levels, schools, hotlines. `whole` has the numbers of a real district (22 towns, 290 villages and communities,
 * 313 rooms); else only the towns and villages where people of the sample world live. `today`: an ISO date; rosters begin
 * there.
 */
export function directorySeed(
  { seed, schools }: Pick<World, 'seed' | 'schools'>,
  { whole = true, today }: { whole?: boolean; today: string },
): DirectorySeed {
  const { towns, villages } = districtDivisions({ whole });
  const random = randomFor(seed, 'directory', DISTRICT);
  const drawing = { seed, today };
  return joined([
    { ...NOTHING, organisations: offices },
    { ...NOTHING, ...districtServices(random, today) },
    schoolEntries(schools, drawing),
    ...towns.map((town) => townEntries(town, drawing)),
    ...villages.map((village) => villageEntries(village, drawing)),
    { ...NOTHING, professionals: professionalsOfDistrict(random), rosters: [clinicRoster(today)] },
  ]);
}

function professionalsOfDistrict(random: Random): readonly SeededEntry[] {
  const experts = Array.from({ length: EXPERTS }, (_, i) => ({
    id: `expert-${i + 1}`,
    organisation: 'district-counselling-centre',
    ...drawnPerson(random),
    profession: random.pick(['COUNSELLOR', 'PSYCHIATRIST', 'SOCIAL_WORKER', 'LAWYER']),
    expert: true,
    needs: [random.pick(['COUNSELLING', 'CRISIS_INTERVENTION', 'BEREAVEMENT', 'MEDIATION'])],
    qualifications: [
      { name: '专家聘书', issuer: '领导小组办公室', expiresOn: random.date('2026-12-31', '2029-12-31') },
    ],
  }));
  const psychiatrists = Array.from({ length: PSYCHIATRISTS }, (_, i) => ({
    id: psychiatrist(i),
    organisation: 'district-mental-health-centre',
    ...drawnPerson(random),
    profession: 'PSYCHIATRIST',
    needs: ['PSYCHIATRIC_CARE', 'CRISIS_INTERVENTION'],
    qualifications: [{ name: '医师执业证书（精神卫生专业）', issuer: '卫生健康行政部门' }],
  }));
  return [...experts, ...psychiatrists];
}

const psychiatrist = (i: number) => `psychiatrist-${(i % PSYCHIATRISTS) + 1}`;

/** Around the clock, twelve hours each, in turn. */
function clinicRoster(today: string): SeededEntry {
  const begin = Date.parse(`${today}T00:00:00+08:00`);
  return {
    id: CLINIC,
    shifts: Array.from({ length: ROSTER_DAYS * 2 }, (_, i) => ({
      professional: psychiatrist(i),
      from: new Date(begin + (i * DAY_MS) / 2).toISOString(),
      to: new Date(begin + ((i + 1) * DAY_MS) / 2).toISOString(),
    })),
  };
}
