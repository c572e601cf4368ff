/**
 * Loaded into a process before its program: tells at each SIGUSR2 for how long its thread did nothing else since the one
 * before: the collections of garbage, and how late a timer of a millisecond was called.
 */
import { monitorEventLoopDelay, PerformanceObserver } from 'node:perf_hooks';

const NANOS = 1e6;
const delays = monitorEventLoopDelay({ resolution: 1 });
delays.enable();
let collections: number[] = [];
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) collections.push(duration);
}).observe({ entryTypes: ['gc'] });

process.on('SIGUSR2', () => {
  const inside = {
    longestCollectionMs: Math.max(0, ...collections),
    inCollectionMs: collections.reduce((sum, one) => sum + one, 0),
    lateP50Ms: delays.percentile(50) / NANOS,
    lateP99Ms: delays.percentile(99) / NANOS,
  };
  process.stdout.write(`${JSON.stringify({ inside })}\n`);
  collections = [];
  delays.reset();
});
