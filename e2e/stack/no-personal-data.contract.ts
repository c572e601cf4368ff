import { expect, test } from '@jest/globals';
import { foundIn, personalData } from '../harness/personal-data.ts';
import { largerWorld } from './faults/referred-people.ts';
import type { Topology } from './start-topology.ts';
import { metricsAt, metricsUrls, type WatchedTopology } from './watched-topology.ts';

/** What the programs of the hub have said by now: after the story, and after what broke. */
export function describeNoPersonalData(topology: () => Topology, lines: readonly string[]): void {
  test('case 66: no line of a gateway or a subgraph that runs alone has anything of a person', () => {
    const { gateways, subgraphs, world } = topology();
    const ready = lines.filter((line) => /"the (hub|subgraph) is ready"/.test(line));
    // Else some were not heard.
    expect(ready.length).toBeGreaterThanOrEqual(gateways.length + subgraphs.size);
    expect(foundIn(lines, new Map([...personalData(world), ...personalData(largerWorld(world))]))).toEqual([]);
  });
}

/** And what metrics and spans of all of them tell by now. */
export function describeNothingPersonalWatched(watched: () => WatchedTopology): void {
  test('case 66: no metric of any process has anything of a person', async () => {
    const { topology, lines } = watched();
    const urls = metricsUrls({ lines });
    expect(urls).toHaveLength(topology.gateways.length + topology.subgraphs.size);
    const metrics = (await Promise.all(urls.map(metricsAt))).flatMap((text) => text.split('\n'));
    expect(foundIn(metrics, personalData(topology.world))).toEqual([]);
  });

  test('case 66: no span of any process has anything of a person', () => {
    const { topology, collector } = watched();
    const tellers = new Set(collector.spans().map(({ service }) => service));
    const programs = ['gateway', ...topology.subgraphs.keys()].map((name) => `xinqiao-${name}`);
    expect([...tellers].toSorted()).toEqual(programs.toSorted());
    expect(foundIn(collector.bodies, personalData(topology.world))).toEqual([]);
  });
}
