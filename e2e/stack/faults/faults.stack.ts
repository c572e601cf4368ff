/** What becomes of requests while parts of the stack die or cannot reach one another. `npm run test:faults` runs it for longer. */
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { verifyAudit } from '../../demo/audit-commands.ts';
import { storyOf } from '../../harness/care-seed.ts';
import { consent } from '../../harness/referral-client.ts';
import { until } from '../../harness/until.ts';
import { startTopology, type Topology } from '../start-topology.ts';
import { evidenceOf, feedEnd } from './evidence.ts';
import { goodAnswer, signedIn, startLoad } from './load.ts';
import { type FaultRow, faultTable } from './fault-table.ts';
import { STACK_FAULTS } from './stack-faults.ts';
import { type TcpProxy, tcpProxy } from './tcp-proxy.ts';

/** Of each fault, and of the load before it. */
const SECONDS = Number(process.env['XINQIAO_FAULT_SECONDS'] ?? 3);
const WHOLE_AGAIN_WITHIN_MS = 120_000;
const between = new Map<string, TcpProxy>();
const rows: FaultRow[] = [];
let topology: Topology;

beforeAll(async () => {
  topology = await startTopology({ through, say: (line) => void process.stderr.write(`${line}\n`) });
  const personId = storyOf(topology.world, 'pupil-in-crisis').id;
  const terms = { personId, organisation: 'district-mental-health-centre', department: 'HEALTH' };
  await consent(topology, { ...terms, categories: ['education:assessment'] }, 'child', 'mother');
}, 600_000);
afterAll(async () => {
  await topology?.close();
  for (const proxy of between.values()) await proxy.close();
  process.stderr.write(`\n${faultTable(rows)}\n`);
}, 120_000);

/** Only where a cable is cut or slow: one that hands on takes a connection also where nobody listens behind it. */
async function through(name: string, url: string): Promise<string> {
  if (!STACK_FAULTS.some(({ cable }) => cable === name)) return url;
  const { port } = new URL(url);
  const proxy = await tcpProxy(Number(port));
  between.set(name, proxy);
  const changed = new URL(url);
  changed.port = String(proxy.port);
  // Or the driver goes to the address that the server names.
  if (name === 'store') changed.searchParams.set('directConnection', 'true');
  return changed.href;
}

test.each(STACK_FAULTS.map((fault) => [fault.name, fault] as const))(
  '%s: nothing acknowledged is lost, nothing is there twice, no answer is wrong, and all is whole again',
  async (name, fault) => {
    const callers = await signedIn(topology);
    let good: unknown;
    // What the last fault has left, an open circuit breaker say, is over first.
    await until(async () => (good = await goodAnswer(topology, callers).catch(() => null)) !== null, {
      withinMs: WHOLE_AGAIN_WITHIN_MS,
    });
    const from = await feedEnd(topology, callers.target);
    const load = startLoad(topology, { callers, good, label: name });
    await pause(SECONDS * 1_000);
    await fault.strike({ topology, between });
    await pause(SECONDS * 1_000);
    const ended = Date.now();
    await fault.end({ topology, between });
    await until(async () => load.firstWhole(ended) !== null, { withinMs: WHOLE_AGAIN_WITHIN_MS });
    await load.end();
    const wholeAgainMs = (load.firstWhole(ended) ?? Infinity) - ended;
    const evidence = await evidenceOf(topology, { load, from, token: callers.target });
    rows.push({ name, load, evidence, wholeAgainMs });
    expect({ wrong: load.wrong, ...evidence }).toEqual({ wrong: [], lost: [], twice: [] });
    // Whatever is refused says why.
    expect([...load.codes.keys()]).not.toContain('INTERNAL');
    expect(load.changes.length).toBeGreaterThan(0);
  },
  600_000,
);

test('the chains of both gateways verify', async () => {
  let verified = await verifyAudit(topology);
  await until(async () => (verified = await verifyAudit(topology)).exitCode === 0, { withinMs: 60_000 }).catch(
    () => undefined,
  );
  expect([verified.exitCode, verified.stdout + verified.stderr]).toEqual([
    0,
    expect.stringMatching(/gateway-1[^]*gateway-2/),
  ]);
}, 300_000);
