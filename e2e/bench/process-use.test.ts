import { expect, test } from '@jest/globals';
import { cpuMs, memoryBytes } from './process-use.ts';

test('agrees with what Node says of this process', () => {
  const { user, system } = process.cpuUsage();
  expect(Math.abs(cpuMs(process.pid) - (user + system) / 1_000)).toBeLessThan(500);
  const { now, peak } = memoryBytes(process.pid);
  expect(now / process.memoryUsage.rss()).toBeCloseTo(1, 0);
  expect(peak).toBeGreaterThanOrEqual(now);
});
