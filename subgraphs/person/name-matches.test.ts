import { expect, test } from '@jest/globals';
import { staff, trustHub } from './trust.fixture.ts';

const SEEN = '{ person(id: "ward") { id } }';

test('the record can say that somebody looks at their own name or a colleague’s; the name itself lies nowhere', async () => {
  const hub = await trustHub();
  const matchOf = async (name: string, changes: object = {}) =>
    (await hub.ask(SEEN, {}, staff({ name, ...changes }))).decisions[0]?.nameMatch;
  expect(await matchOf('许明哲')).toBeNull();
  expect(await matchOf('王小明')).toBe('OWN');
  expect(await matchOf('许明哲')).toBe('COLLEAGUE');
  expect(await matchOf('许明哲', { organisation: 'other', department: 'HEALTH' })).toBeNull();
  expect((await hub.ask(SEEN, {}, staff())).decisions[0]?.nameMatch).toBeNull();
  await hub.close();
});
