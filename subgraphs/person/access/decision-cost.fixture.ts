/** What one access decision costs in memory. Test support; as a program (argument: how many) it prints the figure. */
import type { AccessFacts, AccessQuestion } from './access-question.ts';
import { NO_FACTS } from './access-question.ts';
import { decideAccess } from './access-decision.ts';
import { caller, consent, departments, DISTRICT, link, member, NOW, OTHER_DISTRICT, TOWN } from '../person-fixtures.ts';
import { guardian } from '../trust.fixture.ts';

const BATCHES = 5;
const WARM_UP = 5_000;
const names = departments.flatMap(({ categories }) => categories.map(({ name }) => name));
const to = (department: string) => [{ department, organisation: null, team: null, division: DISTRICT }];

/** Somebody in care: 6 links, 5 consents (one withdrawn, one under the care team), 3 members of a care team, 2 guardians. */
export const IN_CARE: AccessFacts = {
  ...NO_FACTS,
  personId: 'person-1',
  birthDate: '2011-03-05',
  links: departments.map(({ code }, i) =>
    link({ department: code, localId: `L-${i}`, division: [DISTRICT, TOWN, OTHER_DISTRICT][i % 3] ?? DISTRICT }),
  ),
  consents: [
    consent({
      id: 'c-team',
      categories: names,
      recipients: [{ department: null, organisation: null, team: 'care-team-1', division: DISTRICT }],
    }),
    consent({ id: 'c-school', recipients: to('EDUCATION'), categories: ['health:follow-up', 'health:visits'] }),
    consent({
      id: 'c-civil',
      recipients: to('CIVIL_AFFAIRS'),
      categories: ['education:enrolment', 'justice:legal-aid'],
    }),
    consent({
      id: 'c-justice',
      recipients: to('JUSTICE'),
      purposes: ['CARE', 'REFERRAL'],
      categories: names.slice(0, 9),
    }),
    consent({ id: 'c-ended', recipients: to('UNION'), categories: names, withdrawnAt: '2026-06-01T00:00:00Z' }),
  ],
  careTeam: [
    member({ categories: names, ground: { kind: 'CONSENT', consentId: 'c-team' } }),
    member({ worker: 'worker-2', organisation: 'school-7', categories: names.slice(0, 6), lead: false }),
    member({ worker: 'worker-3', categories: names, to: '2026-06-30', lead: false }),
  ],
  guardianships: [guardian('mother'), guardian('father')],
};

/** Who asks about them in turn: each way of seeing something, and somebody who sees nothing. */
export const ASKING: readonly AccessQuestion[] = [
  caller({ subject: 'worker-1' }),
  caller({ subject: 'worker-2', organisation: 'school-7', department: 'EDUCATION', client: 'education-system' }),
  caller({ subject: 'justice', department: 'JUSTICE', client: 'justice-system' }),
  caller({ subject: 'elsewhere', department: 'UNION', division: '990203' }),
  caller({ subject: 'mother', personId: 'mother', department: null, organisation: null, division: null }),
].map((one) => ({
  caller: one,
  purpose: one.personId === null ? ('CARE' as const) : ('SELF_ACCESS' as const),
  departments,
  now: NOW,
}));

/** Processor time of one decision in microseconds, a figure for each of five batches. */
export function decisionCost(decisions: number): readonly number[] {
  const size = Math.ceil(decisions / BATCHES);
  batch(WARM_UP);
  return Array.from({ length: BATCHES }, () => {
    const before = process.cpuUsage();
    const seen = batch(size);
    const { user, system } = process.cpuUsage(before);
    if (seen === 0) throw new Error('nobody sees anything: that is no decision worth measuring');
    return (user + system) / size;
  });
}

function batch(size: number): number {
  let seen = 0;
  for (let i = 0; i < size; i += 1) {
    const question = ASKING[i % ASKING.length];
    if (question !== undefined && decideAccess(question, IN_CARE).visible) seen += 1;
  }
  return seen;
}

if (import.meta.main) console.log(JSON.stringify({ microseconds: decisionCost(Number(process.argv[2])) }));
