import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { noSharedFacts } from './access/shared-facts.ts';
import {
  acting as actingAs,
  departments,
  idNumber,
  link,
  OTHER_DISTRICT,
  person,
  services,
} from './person-fixtures.ts';
import type { MadeDecision } from '../shared/decisions.ts';
import { persons } from './person.ts';
import { rateLimit } from './rate-limit.ts';
import { matchPerson, type PersonReads, visibleByLocalId, visiblePersons } from './visible-persons.ts';

const notes: MadeDecision[] = [];
const acting = (changes: Parameters<typeof actingAs>[0] = {}) => ({
  ...actingAs(changes),
  note: (decision: MadeDecision) => void notes.push(decision),
});

let hub: ReturnType<typeof services>;
let reads: PersonReads;
beforeEach(async () => {
  hub = services();
  const mayMatch = rateLimit({ perMinute: 3, clock: hub.now });
  reads = {
    ...hub,
    departments,
    sharedFacts: noSharedFacts,
    emergencySpool: { waiting: () => [] },
    nameMatches: async () => new Map(),
    mayMatch,
  };
  notes.length = 0;
  const save = (id: string, data: ReturnType<typeof person>) =>
    hub.store.save(persons, { id, data, expectedVersion: 0 });
  await save('mine', person({ idHash: hub.idNumberHash(idNumber()), links: [link()] }));
  await save(
    'theirs',
    person({
      idHash: hub.idNumberHash(idNumber('1980-01-01')),
      links: [link({ localId: 'E-1', department: 'EDUCATION' })],
    }),
  );
  await save('far', person({ links: [link({ localId: 'H-9', division: OTHER_DISTRICT })] }));
});
afterEach(() => hub.store.close());

test('cases 14 and 35: order is kept, and a person without basis is as absent as one that does not exist', async () => {
  const found = await visiblePersons(reads, acting(), ['theirs', 'mine', 'nobody', 'far', 'mine']);
  expect(found.map((one) => one?.person.id ?? null)).toEqual([null, 'mine', null, null, 'mine']);
  // 62: what was refused is noted as well.
  expect(notes.map(({ personId, visible }) => [personId, visible])).toEqual([
    ['theirs', false],
    ['mine', true],
    [null, false],
    ['far', false],
    ['mine', true],
  ]);
});

test.each([
  ['11010519491231002X 张三', null],
  ['11010519491231002X', null],
  ['20000000-0000-4000-8000-00000000000x', null],
  ['20000000-0000-4000-8000-000000000001', '20000000-0000-4000-8000-000000000001'],
])(
  'case 62: that %s was asked for and led to nobody is noted, the text only where it has the form of a hub id',
  async (given, id) => {
    await visiblePersons(reads, acting(), [given]);
    expect(notes).toMatchObject([{ personId: id, by: 'id', visible: false }]);
  },
);

test('a local id is looked up in the department of the token only', async () => {
  expect((await visibleByLocalId(reads, acting(), 'H-1'))?.person.id).toBe('mine');
  expect(await visibleByLocalId(reads, acting(), 'E-1')).toBeNull();
  expect(await visibleByLocalId(reads, acting({ department: null }), 'H-1')).toBeNull();
});

test('a match answers unknown, not permitted and malformed alike', async () => {
  expect(await matchPerson(reads, acting(), idNumber('1980-01-01'))).toBeNull();
  expect(await matchPerson(reads, acting(), idNumber('1990-01-01'))).toBeNull();
  expect(await matchPerson(reads, acting(), 'nonsense')).toBeNull();
});

test('nobody can try numbers: after so many a client is limited, right or wrong, and another is not', async () => {
  for (let i = 0; i < 3; i += 1)
    expect(await matchPerson(reads, acting(), idNumber())).toMatchObject({ person: { id: 'mine' } });
  expect(await matchPerson(reads, acting(), idNumber())).toBe('LIMITED');
  expect(await matchPerson(reads, acting({ subject: 'worker-2' }), 'nonsense')).toBe('LIMITED');
  expect(await matchPerson(reads, acting({ client: 'other' }), idNumber())).toMatchObject({ person: { id: 'mine' } });
});
