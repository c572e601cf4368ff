/** `node e2e/bench/attack/attacker.ts NAME`: one attack of the benchmark, in a process of its own, until it is ended. */
import { getPriority, setPriority } from 'node:os';
import { z } from 'zod';
import { ATTACKS } from './attacks.ts';
import { connectionsTo } from './connections.ts';

const target = z
  .object({ url: z.url(), token: z.string(), ids: z.array(z.string()) })
  .parse(JSON.parse(process.env.TARGET ?? '{}'));
const attack = ATTACKS[process.argv[2] ?? ''];
if (attack === undefined) throw new Error(`one of: ${Object.keys(ATTACKS).join(', ')}`);

// Whoever measures must not wait for the attacker's own work: it has what they leave of their core.
setPriority(Math.min(19, getPriority() + 10));
const connections = connectionsTo(target.url);
attack.start(target, connections);
process.once('SIGTERM', () => {
  console.log(JSON.stringify({ answers: connections.answers() }));
  process.exit(0);
});
setTimeout(() => console.log(JSON.stringify({ url: target.url })), 1_500);
// A benchmark that was broken off leaves no attacker behind.
setInterval(() => process.ppid === 1 && process.exit(1), 1_000);
