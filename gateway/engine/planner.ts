import { Worker } from 'node:worker_threads';
import type { QueryPlan } from '@apollo/query-planner';
import { fairTurns, type Turn } from './fair-turns.ts';

export type ToPlanner = { readonly operation: string };
export type FromPlanner =
  | { readonly apiSdl: string; readonly subgraphs: Planner['subgraphs'] }
  | { readonly plan: QueryPlan; readonly cpuMs: number }
  | { readonly failed: string; readonly cpuMs: number };

/** Apollo's query planner in a thread of its own. */
export interface Planner {
  readonly apiSdl: string;
  readonly subgraphs: readonly { readonly name: string; readonly url: string }[];
  /**
   * One after the other, clients in turns; what nobody waits for any more when its turn comes is not planned. Throws in
   * the planner's words, for what takes it longer than the limit, and `ClientQueueFull`.
   */
  plan(operation: string, turn: PlanTurn): Promise<QueryPlan>;
  stop(): Promise<void>;
}

/** A turn at the planner, which somebody may be charged for. */
export interface PlanTurn extends Turn {
  /** It has come. Throws where it shall not be planned after all. */
  readonly begin?: () => void;
  /** So many milliseconds of a core. */
  readonly took?: (cpuMs: number) => void;
}

interface Running {
  readonly worker: Worker;
  readonly started: Extract<FromPlanner, { apiSdl: string }>;
}

const PLAN_TIMEOUT_MS = 10_000;
/** Reading the supergraph takes a second where nobody else wants the processor; the first thread's is the hub's start. */
const START_TIMEOUT_MS = 60_000;
/** Plans of one client that wait: more than any client has operations, for after a start all of them are new at once. */
const MOST_WAITING = 500;
/** The id of a thread that is no more. */
const ENDED = -1;

/** Starts a planner over a supergraph. Throws in the words of Apollo's library for one that is not valid. */
export async function startPlanner(
  supergraphSdl: string,
  { timeoutMs = PLAN_TIMEOUT_MS }: { timeoutMs?: number } = {},
): Promise<Planner> {
  let running: Running | null = await startWorker(supergraphSdl);
  let isStopped = false;
  const inTurn = fairTurns({ most: MOST_WAITING });
  const { apiSdl, subgraphs } = running.started;
  const workerNow = async (): Promise<Worker> => {
    if (isStopped) throw new Error('the planner is stopped');
    if (running === null || running.worker.threadId === ENDED) running = await startWorker(supergraphSdl);
    return running.worker;
  };
  const planNow = async (operation: string, { begin, took }: PlanTurn): Promise<QueryPlan> => {
    begin?.();
    const worker = await workerNow();
    try {
      const answer = await planWith(worker, operation, timeoutMs);
      took?.(answer.cpuMs);
      if ('plan' in answer) return answer.plan;
      throw new Error(answer.failed);
    } catch (error) {
      if (error instanceof PlannerBroken) {
        took?.(timeoutMs);
        // A thread that hangs or broke is of no more use; the next operation gets a new one.
        running = null;
        await worker.terminate();
      }
      throw error;
    }
  };
  return {
    apiSdl,
    subgraphs,
    plan: async (operation, turn) => inTurn(turn, async () => planNow(operation, turn)),
    stop: async () => {
      isStopped = true;
      await running?.worker.terminate();
    },
  };
}

class PlannerBroken extends Error {}

async function startWorker(supergraphSdl: string): Promise<Running> {
  const worker = new Worker(new URL('./planner-worker.ts', import.meta.url), {
    workerData: supergraphSdl,
    // What a plan may take, whatever the process may.
    resourceLimits: { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 512 },
  });
  // A hub that is stopped does not wait for its planner, and what befalls an idle one is seen when it is needed again.
  worker.unref();
  worker.on('error', () => {});
  try {
    const started = await nextMessage(worker, START_TIMEOUT_MS);
    if ('apiSdl' in started) return { worker, started };
    throw new Error('failed' in started ? started.failed : 'the planner did not start');
  } catch (error) {
    await worker.terminate();
    throw error;
  }
}

type Planned = Extract<FromPlanner, { cpuMs: number }>;

async function planWith(worker: Worker, operation: string, timeoutMs: number): Promise<Planned> {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin; the rule means windows.
  worker.postMessage({ operation } satisfies ToPlanner);
  const answer = await nextMessage(worker, timeoutMs);
  if ('cpuMs' in answer) return answer;
  throw new Error('the planner gave no plan');
}

async function nextMessage(worker: Worker, timeoutMs: number): Promise<FromPlanner> {
  const { promise, resolve, reject } = Promise.withResolvers<FromPlanner>();
  const broken = (reason: unknown) => reject(new PlannerBroken('the planner broke', { cause: reason }));
  const timer = setTimeout(() => reject(new PlannerBroken(`not planned within ${timeoutMs} ms`)), timeoutMs);
  worker.once('message', resolve).once('error', broken).once('exit', broken);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    worker.off('message', resolve).off('error', broken).off('exit', broken);
  }
}
