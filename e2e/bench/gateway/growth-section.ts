import { markdownTable } from '../markdown-table.ts';
import { median } from '../median.ts';
import type { Contest, Contestant } from './contestants.ts';
import { type GatewayRun, gatewayRun } from './gateway-run.ts';
import { closedLoop } from './load.ts';
import { profilesOf } from './operations.ts';

const COUNTS = [1, 10, 100, 1_000] as const;
const CONNECTIONS = 2;

interface GrowthOptions {
  readonly rounds: number;
  readonly seconds: number;
}

/** The same selection of more and more people in one answer. */
export async function growthSection(contest: Contest, { rounds, seconds }: GrowthOptions): Promise<string> {
  const measured = contest.contestants.flatMap((contestant) =>
    COUNTS.map((people) => ({ contestant, people, operation: profilesOf(people), runs: [] as GatewayRun[] })),
  );
  const run = async (contestant: Contestant, people: number) =>
    gatewayRun({
      contest,
      contestant,
      operation: profilesOf(people),
      loop: (how) => closedLoop({ ...how, connections: CONNECTIONS, until: { seconds } }),
    });
  for (const { contestant, people } of measured) await run(contestant, people);
  for (let round = 0; round < rounds; round += 1)
    for (const { contestant, people, runs } of measured) runs.push(await run(contestant, people));
  const rows = contest.contestants.map(({ label, name }) => {
    const micros = COUNTS.map((people) => {
      const runs = measured.find((one) => one.contestant.name === name && one.people === people)?.runs ?? [];
      return median(runs.map((one) => one.micros));
    });
    const perPerson = micros.map((each, i) => each / (COUNTS[i] ?? Number.NaN));
    return [label, ...micros.map(Math.round), (perPerson[3] ?? Number.NaN) / (perPerson[2] ?? Number.NaN)];
  });
  const head = ['gateway', ...COUNTS.map((people) => `µs of ${people}`), 'a person of 1000 ÷ of 100'];
  return markdownTable(head, rows);
}
