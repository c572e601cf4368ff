import { markdownTable } from '../markdown-table.ts';
import { median } from '../median.ts';
import type { Contest } from './contestants.ts';
import { type GatewayRun, gatewayRun } from './gateway-run.ts';
import { closedLoop } from './load.ts';
import { profilesOf } from './operations.ts';

/** So many people in one answer, and how many answers are enough to tell their cost. */
const SIZES = [
  { people: 1, answers: 2_000 },
  { people: 10, answers: 800 },
  { people: 100, answers: 200 },
  { people: 1_000, answers: 60 },
] as const;
const CONNECTIONS = 2;

/** The same selection of more and more people in one answer. */
export async function growthSection(contest: Contest, { rounds }: { rounds: number }): Promise<string> {
  const measured = contest.contestants.flatMap((contestant) =>
    SIZES.map((size) => ({ contestant, ...size, runs: [] as GatewayRun[] })),
  );
  const run = async ({ contestant, people, answers }: Omit<(typeof measured)[number], 'runs'>) =>
    gatewayRun({
      contest,
      contestant,
      operation: profilesOf(people),
      loop: (how) => closedLoop({ ...how, connections: CONNECTIONS, until: { answers } }),
    });
  for (const one of measured) await run(one);
  for (let round = 0; round < rounds; round += 1) for (const one of measured) one.runs.push(await run(one));
  const rows = contest.contestants.map(({ label, name }) => {
    const micros = SIZES.map(({ people }) => {
      const runs = measured.find((one) => one.contestant.name === name && one.people === people)?.runs ?? [];
      return median(runs.map((one) => one.micros));
    });
    const perPerson = micros.map((each, i) => each / (SIZES[i]?.people ?? Number.NaN));
    return [label, ...micros.map(Math.round), (perPerson[3] ?? Number.NaN) / (perPerson[2] ?? Number.NaN)];
  });
  const head = ['gateway', ...SIZES.map(({ people }) => `µs of ${people}`), 'a person of 1000 ÷ of 100'];
  return markdownTable(head, rows);
}
