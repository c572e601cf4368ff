import { expect, test } from '@jest/globals';
import { supervisorOf } from './supervisor-of.ts';

const entry = (supervisor: string | null, retiredAt: string | null = null) => ({
  data: { department: 'HEALTH', division: '990101', supervisor, retiredAt },
});
const directory = new Map([
  ['clinic', entry('bureau')],
  ['closing-clinic', entry('bureau', '2026-03-01T00:00:00.000Z')],
  ['bureau', entry(null)],
  ['orphan', entry('gone')],
  ['old-clinic', entry('old-bureau')],
  ['old-bureau', entry(null, '2026-03-01T00:00:00.000Z')],
]);
const BUREAU = { department: 'HEALTH', organisation: 'bureau', division: '990101' };

test.each([
  ['clinic', BUREAU],
  ['closing-clinic', BUREAU],
  ['bureau', null],
  ['orphan', null],
  ['old-clinic', null],
  ['unknown', null],
])('the supervisor of %s', async (organisation, supervisor) => {
  expect(await supervisorOf(async (id) => directory.get(id) ?? null)(organisation)).toEqual(supervisor);
});
