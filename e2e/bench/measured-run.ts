import autocannon from 'autocannon';
import { cpuMs } from './process-use.ts';
import type { ProfileRequest } from './profile-request.ts';

export interface Run {
  /** Of a run with a set time only: one with a set number ends with a full second. */
  readonly answersPerSecond: number;
  readonly meanMs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Answers that lacked a part, were no success or did not come. */
  readonly failed: number;
  /** Per group of processes: processor time of one answer, and the share of one processor that the group had. */
  readonly use: Readonly<Record<string, { readonly microsPerAnswer: number; readonly busy: number }>>;
}

interface RunOptions {
  readonly url: string;
  readonly request: ProfileRequest;
  readonly connections: number;
  /** After so many answers no processor time is left over from one that the end cut off. */
  readonly until: { readonly seconds: number } | { readonly answers: number };
  /** Processes to watch, in groups with a name. */
  readonly watched: Readonly<Record<string, readonly number[]>>;
}

/** One run against one address. This process makes the load and has nothing else to do; nothing measured runs in it. */
export async function measuredRun({ url, request, connections, until, watched }: RunOptions): Promise<Run> {
  const groups = { ...watched, 'load generator': [process.pid] };
  const used = () => Object.values(groups).map((pids) => pids.reduce((sum, pid) => sum + cpuMs(pid), 0));
  const [startedAt, before] = [performance.now(), used()];
  const result = await autocannon({
    url,
    method: 'POST',
    headers: request.headers,
    body: request.body,
    connections,
    ...('seconds' in until ? { duration: until.seconds } : { amount: until.answers }),
    verifyBody: isWhole,
  });
  const [wallMs, after] = [performance.now() - startedAt, used()];
  const answers = result['2xx'];
  const use = Object.keys(groups).map((name, i) => {
    const ms = (after[i] ?? 0) - (before[i] ?? 0);
    return [name, { microsPerAnswer: (ms * 1_000) / answers, busy: ms / wallMs }] as const;
  });
  return {
    answersPerSecond: answers / result.duration,
    meanMs: result.latency.average,
    p50Ms: result.latency.p50,
    p99Ms: result.latency.p99,
    failed: result.mismatches + result.non2xx + result.errors,
    use: Object.fromEntries(use),
  };
}

/** An answer that lacks a part has errors, and costs less than a whole one. */
function isWhole(body: string): boolean {
  return !body.includes('"errors":');
}
