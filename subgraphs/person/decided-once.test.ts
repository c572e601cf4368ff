import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { decidedOnce } from './decided-once.fixture.ts';
import { consent, DISTRICT } from './person-fixtures.ts';
import { persons } from './person.ts';
import { own, staff, trustHub } from './trust.fixture.ts';

let hub: Awaited<ReturnType<typeof trustHub>>;
beforeEach(async () => {
  hub = await trustHub({ visible: decidedOnce() });
});
afterEach(() => hub.close());

const QUERY = '{ person(id: "ward") { maskedName access { department category basis } } }';

test('what the measurement puts in place of the decision answers and notes the same, and does not decide again', async () => {
  const first = await hub.ask(QUERY);
  const found = await hub.store.load(persons, 'ward');
  if (found === null) throw new Error('the ward');
  const recipients = [{ department: 'HEALTH', organisation: null, team: null, division: DISTRICT }];
  const data = { ...found.data, consents: [consent({ recipients, categories: ['education:enrolment'] })] };
  await hub.store.save(persons, { id: 'ward', data, expectedVersion: found.version });
  const second = await hub.ask(QUERY);
  expect(second.data).toEqual(first.data);
  expect(second.decisions).toEqual(first.decisions);
  expect(first.data.person.access.length).toBeGreaterThan(0);
});

test('another purpose and another caller are decided about by themselves', async () => {
  await hub.ask(QUERY);
  expect((await hub.ask(QUERY, {}, staff({ subject: 'x', department: 'JUSTICE' }))).data.person).toBeNull();
  expect((await hub.ask(QUERY, {}, own('mother'))).decisions[0]?.standings).toMatchObject({
    'health:visits': { basis: 'SELF' },
  });
});
