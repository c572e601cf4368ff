/**
 * The hub as it runs on several machines: the demo's story on it, that what was ended is ended at every gateway, then what
 * becomes of requests while parts of it die.
 */
import { afterAll, beforeAll, describe } from '@jest/globals';
import { describeEndsEverywhere } from './ends-everywhere.contract.ts';
import { describeFaults } from './faults/faults.contract.ts';
import { faultsOfRun } from './faults/faults-of-run.ts';
import { type TcpProxy, tcpProxy } from './faults/tcp-proxy.ts';
import { startTopology, type Topology } from './start-topology.ts';
import { describeStory } from './story.contract.ts';

const { tried } = faultsOfRun();
const between = new Map<string, TcpProxy>();
let topology: Topology;

beforeAll(async () => {
  topology = await startTopology({ through, say: (line) => void process.stderr.write(`${line}\n`) });
}, 600_000);
afterAll(async () => {
  await topology?.close();
  for (const proxy of between.values()) await proxy.close();
}, 120_000);

/** Only where a cable is cut or slow: one that hands on takes a connection also where nobody listens behind it. */
async function through(name: string, url: string): Promise<string> {
  if (!tried.some(({ cable, part }) => cable && part === name)) return url;
  const proxy = await tcpProxy(Number(new URL(url).port));
  between.set(name, proxy);
  const changed = new URL(url);
  changed.port = String(proxy.port);
  // Or the driver goes to the address that the server names.
  if (name === 'store') changed.searchParams.set('directConnection', 'true');
  return changed.href;
}

describe('the story', () => {
  describeStory(() => topology);
});
describe('case 10: what has ended', () => {
  describeEndsEverywhere(() => topology);
});
describe('cases 70 and 74: faults', () => {
  describeFaults(() => ({ topology, between }));
});
