/** The hub as it runs on several machines, while parts of it die; a start of its own, beside that of the other suite. */
import { afterAll, beforeAll, describe } from '@jest/globals';
import { describeFaults } from '../e2e/stack/faults/faults.contract.ts';
import { faultsOfRun } from '../e2e/stack/faults/faults-of-run.ts';
import { type TcpProxy, tcpProxy } from '../e2e/stack/faults/tcp-proxy.ts';
import { describeNoPersonalData } from '../e2e/stack/no-personal-data.contract.ts';
import { startTopology, type Topology } from '../e2e/stack/start-topology.ts';

const { tried } = faultsOfRun();
const between = new Map<string, TcpProxy>();
const lines: string[] = [];
let topology: Topology;

beforeAll(async () => {
  const say = (line: string) => void process.stderr.write(`${line}\n`);
  topology = await startTopology({ through, heard: (line) => lines.push(line), say });
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
  if (name.endsWith('store')) changed.searchParams.set('directConnection', 'true');
  // Paths are put behind an address: Keycloak refuses one with two slashes.
  return url.endsWith('/') ? changed.href : changed.href.replace(/\/$/, '');
}

describe('cases 70 and 74: faults', () => {
  describeFaults(() => ({ topology, between }));
});
describe('after all that', () => {
  describeNoPersonalData(() => topology, lines);
});
