import { PassThrough } from 'node:stream';
import { expect, test } from '@jest/globals';
import { mariaDbDriver } from './mariadb-driver.ts';
import { among, sql } from './sql-statement.ts';
import { sqlAddress } from './sql-url.ts';

type Dialect = 'mariadb' | 'mysql';

/** A driver whose connection writes down what it is told, and fails at the execution where `failure` is given. */
function driverOver(dialect: Dialect, { failure }: { failure?: Error } = {}) {
  const told: string[] = [];
  const say = (what: string) => void told.push(what);
  const connection = {
    connection: { stream: new PassThrough() },
    query: async (text: string) => say(text),
    execute: async (text: string, values: string[]) => {
      say(`${text} <- ${values.join(',')}`);
      if (failure) throw failure;
      return [[{ id: 'a' }], []];
    },
    release: () => say('release'),
    destroy: () => say('destroy'),
  };
  const driver = mariaDbDriver(
    { address: sqlAddress(`${dialect}://hub@db/sf`), password: 'x', timeoutMs: 2_500, poolSize: 2 },
    {
      openPool: (options) => {
        expect(options).toMatchObject({
          multipleStatements: false,
          connectionLimit: 2,
          ssl: { rejectUnauthorized: true, verifyIdentity: true },
        });
        return { getConnection: async () => connection, end: async () => say('end') };
      },
    },
  );
  return { driver, told };
}

const statement = sql`SELECT id FROM v WHERE id ${among(['a', 'b'])}`;

test.each([
  ['mariadb', 'SET SESSION max_statement_time = 2.5'],
  ['mysql', 'SET SESSION max_execution_time = 2500'],
] as const)('%s: a statement runs in a read-only transaction, for so long at most', async (dialect, limit) => {
  const { driver, told } = driverOver(dialect);
  expect(await driver.select(statement, new AbortController().signal)).toEqual([{ id: 'a' }]);
  expect(told).toEqual([
    limit,
    'START TRANSACTION READ ONLY',
    'SELECT id FROM v WHERE id IN (?, ?) <- a,b',
    'COMMIT',
    'release',
  ]);
});

test('a connection on which something failed is thrown away', async () => {
  const { driver, told } = driverOver('mariadb', { failure: new Error('lost') });
  await expect(driver.select(statement, new AbortController().signal)).rejects.toThrow('lost');
  expect(told.at(-1)).toBe('destroy');
});

test('nothing is asked for a caller who has gone', async () => {
  const { driver, told } = driverOver('mariadb');
  await expect(driver.select(statement, AbortSignal.abort())).rejects.toThrow();
  expect(told).toEqual(['destroy']);
});

test.each([
  ['a statement that took too long in MariaDB', 1969, '70100', 'SOURCE_TIMEOUT', true],
  ['the same in MySQL', 3024, 'HY000', 'SOURCE_TIMEOUT', true],
  ['too many connections', 1040, '08004', 'SOURCE_UNAVAILABLE', true],
  ['too many of this account', 1203, '42000', 'SOURCE_UNAVAILABLE', true],
  ['a wrong password', 1045, '28000', 'SOURCE_UNAVAILABLE', false],
  ['no such database for this account', 1044, '42000', 'SOURCE_UNAVAILABLE', false],
  ['the server goes down', 1053, '08S01', 'SOURCE_UNAVAILABLE', true],
  ['no such view', 1146, '42S02', 'SOURCE_INVALID', false],
  ['not allowed to read it', 1142, '42000', 'SOURCE_INVALID', false],
] as const)('%s', (_, errno, sqlState, code, transient) => {
  const error = Object.assign(new Error('quotes a value'), { errno, sqlState });
  expect(driverOver('mariadb').driver.failureOf(error)).toEqual({ code, state: String(errno), transient });
});

test('a server that does not know the limit of a statement’s time is said to be the other product, or too old', () => {
  const error = Object.assign(new Error('quotes a value'), { errno: 1193, sqlState: 'HY000' });
  expect(driverOver('mysql').driver.failureOf(error)).toEqual({
    code: 'SOURCE_INVALID',
    state: '1193',
    transient: false,
    problem: expect.stringMatching(/mariadb:\/\/ for MariaDB .* mysql:\/\/ for MySQL/),
  });
});

test('an error that is not the server’s is not its', () => {
  expect(driverOver('mysql').driver.failureOf(new Error('socket'))).toBeNull();
});
