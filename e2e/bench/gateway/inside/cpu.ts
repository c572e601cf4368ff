/**
 * Loaded into a process before its program: the first SIGUSR2 starts V8's sampling profiler, the second stops it and tells
 * in which functions the samples fell, in milliseconds.
 */
import { Session } from 'node:inspector/promises';

const SAMPLING_MICROS = 500;
const session = new Session();
let running = false;

process.on('SIGUSR2', () => void (running ? stop() : start()));

async function start(): Promise<void> {
  running = true;
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: SAMPLING_MICROS });
  await session.post('Profiler.start');
  process.stdout.write(`${JSON.stringify({ inside: [] })}\n`);
}

async function stop(): Promise<void> {
  const { profile } = await session.post('Profiler.stop');
  const places = new Map(
    profile.nodes.map(({ id, callFrame: { functionName, url, lineNumber } }) => [
      id,
      { functionName, url, line: lineNumber + 1 },
    ]),
  );
  const spent = new Map<string, number>();
  profile.samples?.forEach((id, i) => {
    const key = JSON.stringify(places.get(id));
    spent.set(key, (spent.get(key) ?? 0) + (profile.timeDeltas?.[i] ?? 0) / 1_000);
  });
  const inside = [...spent].map(([key, ms]) => ({ ...(JSON.parse(key) as object), ms }));
  process.stdout.write(`${JSON.stringify({ inside })}\n`);
}
