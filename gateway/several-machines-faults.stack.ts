/** The hub as it runs on several machines, while parts of it die; starts of its own, beside that of the other suite. */
import { afterAll, beforeAll, describe } from '@jest/globals';
import { describeFaults, tellFaults } from '../e2e/stack/faults/faults.contract.ts';
import type { FaultRow } from '../e2e/stack/faults/fault-table.ts';
import { faultsOfRun } from '../e2e/stack/faults/faults-of-run.ts';
import type { StackFault } from '../e2e/stack/faults/stack-faults.ts';
import { type TcpProxy, tcpProxy } from '../e2e/stack/faults/tcp-proxy.ts';
import { describeNoPersonalData } from '../e2e/stack/no-personal-data.contract.ts';
import { startTopology, type Topology } from '../e2e/stack/start-topology.ts';

const rows: FaultRow[] = [];
afterAll(() => tellFaults(rows));

describe('cases 70 and 74: faults', () => {
  describe.each(faultsOfRun().starts.map((faults, n) => [n + 1, faults] as const))('start %i', (_, faults) => {
    const between = new Map<string, TcpProxy>();
    const lines: string[] = [];
    let topology: Topology;

    beforeAll(async () => {
      const say = (line: string) => void process.stderr.write(`${line}\n`);
      topology = await startTopology({ through: cables(faults, between), heard: (line) => lines.push(line), say });
    }, 600_000);
    afterAll(async () => {
      await topology?.close();
      for (const proxy of between.values()) await proxy.close();
    }, 120_000);

    describeFaults(() => ({ topology, between }), { faults, rows });
    describe('after all that', () => {
      describeNoPersonalData(() => topology, lines);
    });
  });
});

/** Only where one is needed: one that hands on takes a connection also where nobody listens behind it. */
function cables(faults: readonly StackFault[], between: Map<string, TcpProxy>) {
  return async (name: string, url: string): Promise<string> => {
    if (!faults.some((fault) => fault.cables.includes(name))) return url;
    const proxy = await tcpProxy(Number(new URL(url).port));
    between.set(name, proxy);
    const changed = new URL(url);
    changed.port = String(proxy.port);
    // Or the driver goes to the address that the server names.
    if (name.endsWith('store')) changed.searchParams.set('directConnection', 'true');
    // Paths are put behind an address: Keycloak refuses one with two slashes.
    return url.endsWith('/') ? changed.href : changed.href.replace(/\/$/, '');
  };
}
