import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startJusticeSystem } from '../../e2e/systems/justice/system.ts';
import type { DepartmentSystem } from '../../e2e/systems/shared/department-system.ts';
import { JUSTICE_READS } from './contract.ts';
import type { JusticeSource } from './port.ts';
import { describeSqlJustice, localIds, sourceOf, world } from './sql-justice.contract.ts';

let system: DepartmentSystem;
let source: JusticeSource;
beforeAll(async () => {
  system = await startJusticeSystem({ world });
  source = sourceOf({ settings: system.settings });
});
afterAll(async () => {
  await source.close();
  await system.close();
});

describeSqlJustice('PGlite', () => ({
  settings: system.settings,
  calls: () => Object.values(system.calls()).reduce((sum, count) => sum + count, 0),
}));

test('twenty people cost one call a category, as all of them do', async () => {
  for (const ids of [localIds.slice(0, 20), localIds]) {
    system.resetCalls();
    for (const read of JUSTICE_READS) {
      expect((await source[read](ids)).rows).toHaveLength(ids.length);
    }
    expect(system.calls()).toEqual({ 'legal-aid': 1, mediation: 1, reintegration: 1 });
  }
});
