import { expect, test } from '@jest/globals';
import { sqlAddress } from './sql-url.ts';
import { readSettings } from './settings.ts';
import { sqlUrl } from './sql-url.ts';

test.each([
  ['postgresql://hub@db.sf:6432/sf', { dialect: 'postgresql', host: 'db.sf', port: 6432, user: 'hub', tls: true }],
  ['postgres://hub@db/sf?sslmode=disable', { dialect: 'postgresql', port: 5432, tls: false }],
  ['mysql://hub@db/sf?sslmode=verify-full', { dialect: 'mysql', port: 3306, tls: true }],
  ['mariadb://h%40b@[::1]/s%20f', { dialect: 'mariadb', host: '::1', user: 'h@b', database: 's f' }],
])('%s is an address', (url, parts) => {
  expect(sqlAddress(url)).toMatchObject(parts);
});

test.each([
  'http://hub@db/sf',
  'postgresql://db/sf',
  'postgresql://hub@db',
  'postgresql://hub@db/a/b',
  'postgresql://hub@db/sf?sslmode=prefer',
  'postgresql://hub@db/sf?options=-c%20x',
  'postgresql://hub@db/%zz',
  'db',
  '',
])('%s is none', (url) => {
  expect(() => sqlAddress(url)).toThrow(TypeError);
});

test('a password in it is refused and not shown', () => {
  const table = { DB_URL: { schema: sqlUrl, description: 'database' } };
  const { problems } = readSettings(table, { DB_URL: 'postgresql://hub:hunter2@db/sf' });
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(/must not carry the password/);
  expect(problems[0]).not.toContain('hunter2');
  expect(readSettings(table, {}).problems[0]).toMatch(/is required/);
});
