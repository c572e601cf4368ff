/** What an operator sees of the hub when every part of it is a process of its own: one trace over all, metrics of each. */
import { beforeAll, expect, test } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { PROFILE } from '../demo/queries.ts';
import { DAY_MS, isInRealTime } from '../demo/referral-story.ts';
import { storyOf } from '../harness/care-seed.ts';
import { worker } from '../harness/caller.ts';
import { traceOf, waysToDepartments, wayTo } from '../harness/traces.ts';
import { until } from '../harness/until.ts';
import { metricsAt, metricsUrls, type WatchedTopology } from './watched-topology.ts';

const TRACED = 'query TracedApart';

/** Registered after the story in one block with it: it leaves an urgent referral that nobody has answered. */
export function describeWatched(watched: () => WatchedTopology): void {
  // Before the story: a process tells of its spans only after some seconds.
  beforeAll(async () => {
    const { topology } = watched();
    const { id } = storyOf(topology.world, 'pupil-in-crisis');
    await (await worker(topology, 'health-worker')).ask(PROFILE.replace('query CareProfile', TRACED), { id });
  });

  test('one trace leads through the gateway and the subgraphs’ processes to each department', async () => {
    const { collector } = watched();
    const { ways, wanted } = await waysToDepartments(collector, TRACED);
    expect(ways).toEqual(wanted);
    const trace = await traceOf(collector, TRACED, (names) => names.has('serve person'));
    const hub = ['POST /graphql', TRACED, 'subgraph person'].map((step) => `xinqiao-gateway: ${step}`);
    expect(wayTo('serve person', trace)).toEqual([...hub, 'xinqiao-person: serve person']);
  });

  test('the referral subgraph tells of its outbox and, a day later, of the referral that is overdue', async () => {
    const { topology, lines } = watched();
    const [url = ''] = metricsUrls({ lines }, '"subgraph":"referral"');
    const sample = async (name: string) => {
      const found = (await metricsAt(url)).split('\n').find((line) => line.startsWith(`${name} `));
      return Number(found?.slice(name.length + 1));
    };
    expect(await sample('xinqiao_outbox_lag_seconds{outbox="referral-changes"}')).toBeLessThan(60);
    expect(await sample('xinqiao_referrals_overdue')).toBe(0);
    // The hub's clock alone: nobody signs in meanwhile, and Keycloak's takes seconds to move.
    const move = (aheadMs: number) => writeFileSync(topology.environment['MOVED_CLOCK_FILE'] ?? '', String(aheadMs));
    try {
      move(DAY_MS + 60_000);
      await until(async () => (await sample('xinqiao_referrals_overdue')) > 0);
    } finally {
      move(0);
      await until(async () => isInRealTime(topology));
    }
  });
}
