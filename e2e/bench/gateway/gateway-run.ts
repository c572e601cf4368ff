import { cpuMs } from '../process-use.ts';
import type { Contest, Contestant } from './contestants.ts';
import type { LoadResult } from './load.ts';
import type { BenchOperation } from './operations.ts';
import { PEOPLE } from './operations.ts';
import { percentile } from './percentile.ts';
import { requestBytes } from './request-bytes.ts';

export interface GatewayRun {
  readonly answersPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Answers with errors, or no success. */
  readonly failed: number;
  /** Processor time of the gateway's process for one answer. */
  readonly micros: number;
  /** Share of one core: of the gateway, and of subgraphs and load generator together. */
  readonly busy: { readonly gateway: number; readonly others: number };
}

interface Load {
  readonly url: string;
  readonly requests: readonly Buffer[];
  readonly mark: () => void;
}

interface RunOptions {
  readonly contest: Contest;
  readonly contestant: Contestant;
  readonly operation: BenchOperation;
  readonly loop: (options: Load) => Promise<LoadResult>;
}

/** One run against one contestant, with its processor time. This process makes the load and has nothing else to do. */
export async function gatewayRun({ contest, contestant, operation, loop }: RunOptions): Promise<GatewayRun> {
  const { url, headers, pid } = contestant;
  const marks: { readonly gateway: number; readonly others: number }[] = [];
  const mark = () => {
    marks.push({ gateway: cpuMs(pid), others: cpuMs(contest.subgraphsPid) + cpuMs(process.pid) });
  };
  const { query, variables } = operation;
  const given = await headers();
  const requests = Array.from({ length: PEOPLE }, (_, n) =>
    requestBytes(url, { query, variables: variables(n) }, given),
  );
  const { answers, failed, seconds, latencies } = await loop({ url, requests, mark });
  const [before, after] = marks;
  const used = (group: 'gateway' | 'others') => (after?.[group] ?? Number.NaN) - (before?.[group] ?? Number.NaN);
  return {
    answersPerSecond: answers / seconds,
    p50Ms: percentile(latencies, 0.5),
    p99Ms: percentile(latencies, 0.99),
    failed,
    micros: (used('gateway') * 1_000) / answers,
    busy: { gateway: used('gateway') / (seconds * 1_000), others: used('others') / (seconds * 1_000) },
  };
}
