import { careSeed } from '../../harness/care-seed.ts';
import { seedSubgraph } from '../../harness/start-stack.ts';
import type { World } from '../../systems/world/model.ts';
import { createWorld } from '../../systems/world/world.ts';
import type { Topology } from '../start-topology.ts';

const DISTRICT = '390106';
export const CLINIC = 'district-mental-health-centre';
const AT = '2026-01-01T00:00:00+08:00';

/** The sample world with more people in it: some 240 pupils of one district beside those who are in care from the start. */
export const largerWorld = ({ seed }: World): World => createWorld({ seed, people: 1_000 });

/**
 * Takes pupils into care of whom the school's counsellor has a record, and who agreed on paper to be referred to the
 * clinic. Answers their hub ids.
 */
export async function referredPeople({ world, folder, environment }: Topology): Promise<readonly string[]> {
  const there = new Set(careSeed(world).persons.map(({ id }) => id));
  const pupils = careSeed(largerWorld(world), { atMost: Infinity }).persons.filter(
    ({ id, links }) =>
      !there.has(id) && links.some(({ department, division }) => department === 'EDUCATION' && division === DISTRICT),
  );
  const persons = pupils.map((pupil) => ({ ...pupil, guardianships: [], consents: [CONSENT] }));
  await seedSubgraph('person', { persons }, { folder, environment });
  return persons.map(({ id }) => id);
}

const paper = {
  at: AT,
  evidence: 'paper-2026-0301',
  language: 'zh-CN',
  recordedBy: { subject: 'seed', client: 'education-system', department: 'EDUCATION' },
};

const CONSENT = {
  id: 'consent-to-be-referred',
  agreements: [
    { by: 'SELF', guardianId: null, relation: null, ...paper },
    { by: 'GUARDIAN', guardianId: null, relation: 'MOTHER', ...paper },
  ],
  completeAt: AT,
  recipients: [{ department: 'HEALTH', organisation: CLINIC, team: null, division: DISTRICT }],
  categories: ['education:assessment'],
  purposes: ['REFERRAL'],
  from: AT,
  to: null,
  withdrawnAt: null,
  coversWayBack: true,
};
