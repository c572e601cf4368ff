import { STACK_FAULTS, type StackFault } from './stack-faults.ts';

/** Which faults a run tries, and how hard. */
export interface FaultRun {
  /** Of each fault, and of the load before it. */
  readonly seconds: number;
  /** Who read all the time, and as many who refer. */
  readonly clients: number;
  /** Of a client after each answer. */
  readonly restMs: number;
  /** Changes that are acknowledged before each fault. */
  readonly leastChanges: number;
  /** Those that are tried, by starts of the whole. */
  readonly starts: readonly (readonly StackFault[])[];
  /** The others, and why they are none of this run. */
  readonly untried: readonly { readonly name: string; readonly why: string }[];
}

const LEAST_CHANGES_A_SECOND = 2;
/**
 * The store's server of the tests stands still in the end: twice at the seventh fault of a start, as its storage waited for
 * a page that its sessions hold.
 */
const MOST_A_START = 5;

/**
 * At every change a few faults, most different ones, for two seconds each, by clients that rest between: they take a quarter of a minute each. All of them,
 * longer and under more load, with `XINQIAO_FAULT_SECONDS`, as `npm run test:faults` sets it. A store that was given is not
 * ours to kill, and its members are not behind one cable.
 */
export function faultsOfRun(environment: Readonly<Record<string, string | undefined>> = process.env): FaultRun {
  const { XINQIAO_FAULT_SECONDS: seconds, XINQIAO_TEST_MONGODB_URL: given } = environment;
  const whyNot = ({ part, everyRun }: StackFault): string | null => {
    if (/^(.*-)?store$/.test(part) && given !== undefined)
      return 'the store of XINQIAO_TEST_MONGODB_URL is not ours to break';
    return seconds === undefined && !everyRun ? 'npm run test:faults tries it' : null;
  };
  const judged = STACK_FAULTS.map((fault) => ({ fault, why: whyNot(fault) }));
  const tried = judged.flatMap(({ fault, why }) => (why === null ? [fault] : []));
  // The few of every run are short.
  const most = seconds === undefined ? tried.length : MOST_A_START;
  const startsAt = tried.flatMap((_, n) => (n % most === 0 ? [n] : []));
  return {
    seconds: Number(seconds ?? 2),
    clients: seconds === undefined ? 2 : 4,
    // Whoever asks on and on takes the whole machine, which other suites wait for.
    restMs: seconds === undefined ? 200 : 0,
    leastChanges: LEAST_CHANGES_A_SECOND * Number(seconds ?? 2),
    starts: startsAt.map((n) => tried.slice(n, n + most)),
    untried: judged.flatMap(({ fault: { name }, why }) => (why === null ? [] : [{ name, why }])),
  };
}
