import { expect, test } from '@jest/globals';
import { addPersonFacts } from './add-person-facts.ts';
import { consent, member, person, services } from './person-fixtures.ts';
import { persons } from './person.ts';

test('facts added at the same moment are all kept', async () => {
  const { store } = services();
  await store.save(persons, { id: 'p1', data: person(), expectedVersion: 0 });
  await Promise.all([
    addPersonFacts(store, 'p1', { consents: [consent()] }),
    addPersonFacts(store, 'p1', { careTeam: [member()] }),
    addPersonFacts(store, 'p1', { consents: [consent({ id: 'consent-2' })] }),
  ]);
  const { consents, careTeam } = (await store.load(persons, 'p1'))?.data ?? person();
  expect([consents.map(({ id }) => id).toSorted(), careTeam.length]).toEqual([['consent-1', 'consent-2'], 1]);
  expect(await addPersonFacts(store, 'nobody', {})).toBeNull();
  await store.close();
});
