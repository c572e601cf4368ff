import { memoryUsage } from 'node:process';

/** Loaded into a process before its program: at each SIGUSR2 it collects its garbage and tells how much heap is in use. */
process.on('SIGUSR2', () => {
  globalThis.gc?.();
  const { heapUsed, external } = memoryUsage();
  process.stdout.write(`${JSON.stringify({ inside: { heapUsed, external } })}\n`);
});
