/**
 * The process in which the sample departmental systems run, apart from the hub as departments are. When all are
 * ready it prints one line of JSON: `{ ready, pid, people, seed, systems: { <slug>: { settings } }, control }`.
 */
import { once } from 'node:events';
import { controlPort, startDepartments } from './shared/start-departments.ts';
import { startControlServer } from './shared/control-server.ts';
import { systemOptions, USAGE, type SystemOptions } from './shared/system-options.ts';
import { createWorld } from './world/world.ts';

/** A system that does not close within this time is left to the end of the process. */
const LONGEST_CLOSE_MS = 3_000;

try {
  const options = systemOptions(process.argv.slice(2));
  if (options === 'help') process.stdout.write(USAGE);
  else await run(options);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  // What a half-started system still holds open must not keep the process, and whoever waits for it, alive.
  process.exit(1);
} finally {
  process.stdin.destroy();
}

async function run({ people, seed, only, portBase, endWithParent, ...places }: SystemOptions) {
  const ended = endOf(endWithParent);
  const systems = await startDepartments({ world: createWorld({ people, seed }), only, portBase, ...places });
  const control = await startControlServer(systems, controlPort(portBase));
  const settings = Object.fromEntries(systems.map((system) => [system.slug, { settings: system.settings }]));
  const ready = { ready: true, pid: process.pid, people, seed, systems: settings, control: control.url };
  process.stdout.write(`${JSON.stringify(ready)}\n`);
  await ended;
  // Unref'd: it ends the process only if a system keeps it alive.
  setTimeout(() => process.exit(1), LONGEST_CLOSE_MS).unref();
  await Promise.allSettled([control, ...systems].map((open) => open.close()));
}

/** Resolves on SIGTERM or SIGINT and, if asked for, when standard input closes because the parent is gone. */
function endOf(endWithParent: boolean): Promise<unknown> {
  const ends = [once(process, 'SIGTERM'), once(process, 'SIGINT')];
  if (endWithParent) ends.push(once(process.stdin.resume(), 'end'));
  return Promise.race(ends);
}
