import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { runToEnd } from '../../../e2e/harness/run-to-end.ts';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));
const desk = (...options: string[]) => runToEnd([MAIN, ...options]);

test('--help says what it does, on standard output', async () => {
  const { exitCode, stdout } = await desk('--help');
  expect([exitCode, stdout.includes('--reconcile')]).toEqual([0, true]);
});

test.each([
  [[], /--department SLUG/],
  [['--department', 'police'], /no department "police"; there are education, health/],
  [['--department', 'justice'], /takes no referrals: the hub's API is the way/],
  [['--department', 'education', '--once', '--reconcile'], /exclude each other/],
  [['--department', 'education', '--repair'], /goes with --reconcile/],
  [['--department', 'education', '--every', '0'], /from 1 to 3600/],
  [['--frobnicate'], /frobnicate/],
  [['--department', 'civil-affairs'], /HUB_URL[^]*HUB_CLIENT_SECRET[^]*CIVIL_AFFAIRS_URL/],
])('%j is refused in words', async (options, words) => {
  const { exitCode, stdout, stderr } = await desk(...options);
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(words);
});
