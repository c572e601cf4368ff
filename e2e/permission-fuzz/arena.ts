import { type FuzzedHub, type FuzzedHubs, fuzzedHubs, type RecordedRequest } from '../../gateway/fuzzed-hub.fixture.ts';
import { askHub } from '../harness/hub-client.ts';
import { traceId, traceparent } from '../harness/trace-id.ts';
import type { RenderedOperation } from '../oracle/render-operation.ts';
import { claimsOf } from './callers.ts';
import type { Answered } from './compare-answers.ts';
import type { Asking } from './reference/asking.ts';
import type { World } from './world/facts.ts';
import { asStored } from './world/as-stored.ts';

/** How a hub can run: which engine, and where the subgraphs are, all of them. */
export const WAYS = ['hub/process', 'apollo/process', 'hub/http', 'apollo/http'] as const;
export type Way = (typeof WAYS)[number];

/** Hubs over one world, which are asked alike. */
export interface Arena {
  ask(
    way: Way,
    asked: { readonly operation: RenderedOperation; readonly asking: Asking },
  ): Promise<{ readonly answer: Answered; readonly records: readonly RecordedRequest[] }>;
  close(): Promise<void>;
}

/** Starts a hub for each of these ways. */
export async function openArena(world: World, ways: readonly Way[]): Promise<Arena> {
  const hubs = await fuzzedHubs(asStored(world));
  const running = new Map<Way, FuzzedHub>();
  try {
    for (const way of ways) running.set(way, await started(hubs, way));
  } catch (error) {
    await hubs.close();
    throw error;
  }
  return {
    ask: async (way, { operation: { text: query, variables }, asking }) => {
      const hub = running.get(way);
      if (hub === undefined) throw new Error(`no hub runs as ${way}`);
      const trace = traceId();
      const answer = await askHub(hub.url, {
        token: await hubs.token(claimsOf(asking)),
        purpose: asking.purpose,
        query,
        variables,
        headers: { traceparent: traceparent(trace) },
      });
      return { answer, records: hub.recordsOf(trace) };
    },
    close: () => hubs.close(),
  };
}

function started(hubs: FuzzedHubs, way: Way): Promise<FuzzedHub> {
  const [engine, over] = way.split('/');
  return hubs.start({ engine: engine === 'apollo' ? 'apollo' : 'hub', over: over === 'http' ? 'http' : 'process' });
}
