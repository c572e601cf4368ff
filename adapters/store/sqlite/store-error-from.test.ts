import { expect, test } from '@jest/globals';
import { StoreConflict } from '../port.ts';
import { storeErrorFrom } from './store-error-from.ts';

const failure = (errcode: number) => Object.assign(new Error('secret statement'), { errcode });

test.each([
  [5, 'STORE_LOCKED'],
  [8, 'STORE_READ_ONLY'],
  [1032, 'STORE_READ_ONLY'],
  [11, 'STORE_CORRUPT'],
  [267, 'STORE_CORRUPT'],
  [13, 'STORE_FULL'],
  [26, 'STORE_CORRUPT'],
  [14, 'STORE_UNAVAILABLE'],
  [778, 'STORE_UNAVAILABLE'],
])('SQLite result %i is %s', (errcode, code) => {
  const error = storeErrorFrom(failure(errcode), 'hub.db');
  expect(error).toMatchObject({ code, message: expect.stringContaining('hub.db') });
  expect(error.message).not.toContain('secret');
});

test.each([
  ['EROFS', 'STORE_READ_ONLY', 'file system is mounted read-only'],
  ['EACCES', 'STORE_READ_ONLY', 'the right to write it, of a file its folder too'],
  ['EPERM', 'STORE_READ_ONLY', 'belongs to another account'],
  ['ENOSPC', 'STORE_FULL', 'free space on its disk'],
  ['EDQUOT', 'STORE_FULL', 'quota'],
  ['EIO', 'STORE_UNAVAILABLE', 'check its folder, owner and disk'],
])('%s of the system is %s, with the remedy', (systemCode, code, remedy) => {
  const cause = Object.assign(new Error('secret'), { code: systemCode });
  const error = storeErrorFrom(cause, 'hub.db');
  expect(error).toMatchObject({ code, cause, message: expect.stringContaining(remedy) });
  expect(error.message).not.toContain('secret');
});

test('what is no engine failure is unavailable, with its cause kept for the log', () => {
  const cause = new TypeError('odd');
  expect(storeErrorFrom(cause, 'hub.db')).toMatchObject({ code: 'STORE_UNAVAILABLE', cause });
});

test('a conflict passes through', () => {
  const conflict = new StoreConflict('person', { presentVersion: 3 });
  expect(storeErrorFrom(conflict, 'hub.db')).toBe(conflict);
});
