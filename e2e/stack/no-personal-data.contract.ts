import { expect, test } from '@jest/globals';
import { foundIn, personalData } from '../harness/personal-data.ts';
import { largerWorld } from './faults/referred-people.ts';
import type { Topology } from './start-topology.ts';

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
