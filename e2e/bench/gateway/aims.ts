import { markdownTable } from '../markdown-table.ts';
import { paired } from '../paired.ts';
import { ratioText } from '../ratio-text.ts';
import { type ContestantName, labelOf } from './contestants.ts';
import type { Cell } from './rates-section.ts';

interface Aim {
  readonly contestant: ContestantName;
  readonly beside: ContestantName;
  /** Answers a second ÷ the other's. */
  readonly atLeast: number;
}

/** What was to be reached, on every operation. */
const AIMS: readonly Aim[] = [
  { contestant: 'hub', beside: 'fan-out', atLeast: 1 },
  { contestant: 'hub-trusted', beside: 'fan-out', atLeast: 0.75 },
  { contestant: 'hub-trusted', beside: 'apollo', atLeast: 6 },
  { contestant: 'hub-trusted', beside: 'hive', atLeast: 7 },
  { contestant: 'hub-trusted', beside: 'mercurius-jit', atLeast: 1.4 },
  { contestant: 'in-process', beside: 'fan-out', atLeast: 2 },
];

/** Each aim that was measured, at one number of connections: by answers a second, and in bold what falls short. */
export function aimsTable(cells: readonly Cell[], connections: number): string {
  const there = cells.filter((cell) => cell.connections === connections);
  const operations = [...new Set(there.map(({ operation }) => operation))];
  const rows = AIMS.flatMap(({ contestant, beside, atLeast }) => {
    const ratios = operations.map((operation) => {
      const ratesOf = (name: ContestantName) =>
        there
          .find((cell) => cell.operation === operation && cell.contestant.name === name)
          ?.runs.map(({ answersPerSecond }) => answersPerSecond);
      const [own, other] = [ratesOf(contestant), ratesOf(beside)];
      return own === undefined || other === undefined ? null : paired(own, other);
    });
    if (ratios.includes(null)) return [];
    const shown = ratios.map((ratio) => {
      if (ratio === null) return '–';
      return ratio.ratio >= atLeast ? ratioText(ratio) : `**${ratioText(ratio)}**`;
    });
    return [[labelOf(contestant), labelOf(beside), `≥ ${atLeast}`, ...shown]];
  });
  return markdownTable(['gateway', 'beside', 'aim', ...operations], rows);
}
