/**
 * The justice adapter against the real PostgreSQL and the real MariaDB: the same claims as against PGlite, in the
 * character sets that bureaus have, and what only a real server shows.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { until } from '../../e2e/harness/until.ts';
import { startMariaDb } from '../../e2e/stack/servers/mariadb.ts';
import { type DatabaseServer, startPostgresql } from '../../e2e/stack/servers/postgresql.ts';
import { READER, READER_PASSWORD } from '../../e2e/systems/justice/tables.ts';
import type { World } from '../../e2e/systems/world/model.ts';
import { registerOf } from '../../e2e/systems/world/register.ts';
import { createWorld } from '../../e2e/systems/world/world.ts';
import { wholeRegister } from '../shared/source.contract.ts';
import { type SqlDoor, sqlDoor, type SqlDoorOptions } from '../shared/sql-door.ts';
import { sql, type SqlStatement } from '../shared/sql-statement.ts';
import {
  asMariaDbOperator,
  asPostgresOperator,
  fillMariaDb,
  fillPostgres,
  withMariaDb,
  withPostgres,
} from './real-databases.fixture.ts';
import { describeSqlJustice, idOf, sourceOf, world } from './sql-justice.contract.ts';

// The first run on a machine installs the servers.
jest.setTimeout(300_000);

const folder = mkdtempSync(join(tmpdir(), 'xinqiao-databases-'));
interface Product {
  readonly name: string;
  /** Starts it, or starts it again on the same data and at the same port. */
  readonly start: (port?: number) => Promise<DatabaseServer>;
  readonly fill: (
    server: DatabaseServer,
    options: { readonly world: World; readonly database: string; readonly characters: string },
  ) => Promise<Record<string, string>>;
  /** The server's own name of UTF-8, and of the character set of older systems. */
  readonly characters: readonly [string, string];
  readonly operator: typeof asPostgresOperator;
  readonly account: typeof withPostgres;
  /** SQL of its own. */
  readonly sleep: SqlStatement;
  readonly many: SqlStatement;
  /** Sessions of the hub's account; `busy` ones run something. */
  readonly sessions: string;
  readonly busy: string;
  readonly refusedWrite: RegExp;
}

const PRODUCTS: readonly Product[] = [
  {
    name: 'PostgreSQL',
    start: (port) => startPostgresql({ folder, ...(port !== undefined && { port }) }),
    fill: (server, { characters: encoding, ...options }) => fillPostgres(server, { encoding, ...options }),
    characters: ['UTF8', 'EUC_CN'],
    operator: asPostgresOperator,
    account: withPostgres,
    sleep: sql`SELECT pg_sleep(30) AS slept`,
    many: sql`SELECT repeat('x', 1000000) AS words FROM v_register`,
    sessions: `SELECT pid FROM pg_stat_activity WHERE usename = '${READER}'`,
    busy: `SELECT pid FROM pg_stat_activity WHERE usename = '${READER}' AND state = 'active'`,
    refusedWrite: /permission denied|read-only/,
  },
  {
    name: 'MariaDB',
    start: (port) => startMariaDb({ folder, ...(port !== undefined && { port }) }),
    fill: (server, { characters: charset, ...options }) => fillMariaDb(server, { charset, ...options }),
    characters: ['utf8mb4', 'gbk'],
    operator: asMariaDbOperator,
    account: withMariaDb,
    sleep: sql`SELECT SLEEP(30) AS slept`,
    many: sql`SELECT REPEAT('x', 1000000) AS words FROM v_register`,
    sessions: `SELECT id FROM information_schema.processlist WHERE user = '${READER}'`,
    busy: `SELECT id FROM information_schema.processlist WHERE user = '${READER}' AND command IN ('Query', 'Execute') AND info IS NOT NULL`,
    refusedWrite: /command denied|READ ONLY/,
  },
];

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(PRODUCTS)('$name, the real one', (product) => {
  let server: DatabaseServer;
  const settings: Record<string, string>[] = [];
  const doors: SqlDoor[] = [];
  beforeAll(async () => {
    server = await product.start();
    for (const characters of product.characters)
      settings.push(await product.fill(server, { world, database: `bureau_${characters.toLowerCase()}`, characters }));
  });
  afterEach(async () => {
    for (const door of doors.splice(0)) await door.close();
  });
  afterAll(() => server.stop());

  const database = () => new URL(settings[0]?.JUSTICE_URL ?? '').pathname.slice(1);
  const reader = () => ({ port: server.port, user: READER, password: READER_PASSWORD, database: database() });
  function doorWith(options: Partial<SqlDoorOptions> = {}): SqlDoor {
    const { JUSTICE_URL: url = '', JUSTICE_PASSWORD: password = '' } = settings[0] ?? {};
    const door = sqlDoor({ source: 'justice', url, password, retries: 0, failuresToOpen: 100, ...options });
    doors.push(door);
    return door;
  }
  const asked = (statement: string) => product.operator(server, database(), (ask) => ask(statement));

  for (const [place, characters] of product.characters.entries())
    describeSqlJustice(`${product.name}, ${characters}`, () => ({ settings: settings[place] ?? {} }));

  test('persons whose numbers are one text to the database lose nothing at the end of a page', async () => {
    const [characters] = product.characters;
    const few = createWorld({ people: 100 });
    const own = await product.fill(server, { world: few, database: 'bureau_alike', characters });
    const alike = ['zz1', 'ZZ1', 'zZ1', 'Zz1', 'zz2'];
    const values = alike.map((id, i) => `(${100_000 + i}, '${id}', '林')`);
    await product.operator(server, 'bureau_alike', (ask) =>
      ask(`INSERT INTO person (line_no, person_no, name) VALUES ${values.join(', ')}`),
    );
    const source = sourceOf({ settings: own }, { registerPageSize: 5 });
    const ids = (await wholeRegister(source)).map(({ localId }) => localId);
    await source.close();
    expect(ids.filter((id) => /^zz/i.test(id)).toSorted()).toEqual(alike.toSorted());
    expect(ids).toHaveLength(registerOf(few, 'justice').length + alike.length);
  });

  test('every character of Unicode goes there and comes back', async () => {
    const [row] = await doorWith().select(sql`SELECT ${'𠮷野家，ﾊﾝｶｸ, 囍, 😀'} AS words`);
    expect(row).toEqual({ words: '𠮷野家，ﾊﾝｶｸ, 囍, 😀' });
  });

  test.each([
    ['a change', "UPDATE v_register SET name = 'x'"],
    ['a new line', "INSERT INTO mediation_case (person_no) VALUES ('1')"],
    ['a removal', 'DELETE FROM v_register'],
    ['a table', 'CREATE TABLE left_behind (x int)'],
    ['a table behind the views', 'SELECT facts FROM legal_aid_case'],
  ])('case 48: the hub’s account itself is refused %s, without any help of the hub', async (_, statement) => {
    await expect(product.account(reader(), (ask) => ask(statement))).rejects.toThrow(product.refusedWrite);
  });

  test('case 48: a change is refused even to an account that might make it', async () => {
    const { JUSTICE_URL: url = '' } = settings[0] ?? {};
    const { user, password } = server.operator;
    const door = doorWith({ url: url.replace(READER, user), password });
    expect(await door.select(sql`SELECT person_no FROM person`)).not.toEqual([]);
    const change =
      product.name === 'MariaDB'
        ? sql`INSERT INTO code_list (list, code, name) SELECT 'x', 'y', 'z'`
        : sql`WITH changed AS (DELETE FROM person RETURNING person_no) SELECT person_no FROM changed`;
    await expect(door.select(change)).rejects.toMatchObject({ code: 'SOURCE_INVALID' });
    expect(await asked('SELECT count(*) AS n FROM person')).not.toEqual([{ n: '0' }]);
    expect(await asked("SELECT code FROM code_list WHERE list = 'x'")).toEqual([]);
  });

  test('what takes too long ends in time, for the caller and in the server', async () => {
    const door = doorWith({ timeoutMs: 500 });
    const begun = performance.now();
    await expect(door.select(product.sleep)).rejects.toMatchObject({ code: 'SOURCE_TIMEOUT' });
    expect(performance.now() - begun).toBeLessThan(1_500);
    // Nothing goes on there for nobody: the sleep was for thirty seconds.
    await until(async () => (await asked(product.busy)).length === 0, { withinMs: 5_000 });
  });

  test('the server ends it by its own limit, though the caller would wait', async () => {
    // The deadline of the reader is not that of the server: a driver of its own, told of another time.
    const { sleepError, tookMs } = await sleptUnder(300);
    expect(sleepError).toMatchObject({ code: 'SOURCE_TIMEOUT' });
    expect(tookMs).toBeLessThan(3_000);
  });

  async function sleptUnder(limitMs: number) {
    const { postgresDriver } = await import('../shared/postgres-driver.ts');
    const { mariaDbDriver } = await import('../shared/mariadb-driver.ts');
    const { sqlAddress } = await import('../shared/sql-url.ts');
    const { JUSTICE_URL: url = '', JUSTICE_PASSWORD: password = '' } = settings[0] ?? {};
    const open = product.name === 'MariaDB' ? mariaDbDriver : postgresDriver;
    const driver = open({ address: sqlAddress(url), password, timeoutMs: limitMs, poolSize: 1 });
    const begun = performance.now();
    const error: unknown = await driver
      .select(product.sleep, new AbortController().signal)
      .catch((cause: unknown) => cause);
    await driver.close();
    return { sleepError: driver.failureOf(error), tookMs: performance.now() - begun };
  }

  test('there are never more connections than the pool may have, and who waits does not wait for ever', async () => {
    const door = doorWith({ poolSize: 3, timeoutMs: 1_500, queue: 10 });
    const sessions = async () => (await asked(product.sessions)).length;
    // Of the tests before: a connection that was closed is gone at the server a little later.
    await until(async () => (await sessions()) === 0);
    const reads = Array.from({ length: 20 }, () => door.select(product.sleep).catch((error: unknown) => error));
    let most = 0;
    const counting = until(
      async () => {
        most = Math.max(most, (await asked(product.busy)).length);
        return most === 3;
      },
      { withinMs: 1_400, everyMs: 20 },
    );
    await counting;
    const connections = await sessions();
    const begun = performance.now();
    const codes = (await Promise.all(reads)).map((error) => (error as { code?: string }).code);
    expect(performance.now() - begun).toBeLessThan(3_000);
    expect([most, connections]).toEqual([3, 3]);
    // Three at work and ten waiting come to the deadline, seven are refused at once.
    expect(codes.toSorted()).toEqual([
      ...Array.from({ length: 13 }, () => 'SOURCE_TIMEOUT'),
      ...Array.from({ length: 7 }, () => 'SOURCE_UNAVAILABLE'),
    ]);
  });

  test('case 45: rows that are too many bytes together are no answer, and the connection is closed', async () => {
    const door = doorWith({ timeoutMs: 20_000, poolSize: 1 });
    await expect(door.select(product.many)).rejects.toMatchObject({
      code: 'SOURCE_INVALID',
      cause: { message: 'the database reported too many bytes' },
    });
    expect(await door.select(sql`SELECT 1 AS alive`)).toHaveLength(1);
  });

  test('case 45: rows that are too many are no answer', async () => {
    await expect(doorWith({ maxRows: 10 }).select(sql`SELECT person_no FROM v_register`)).rejects.toMatchObject({
      code: 'SOURCE_INVALID',
      cause: { message: 'more than 10 rows' },
    });
  });

  test('a wrong password is not tried again and again, and stands in no message', async () => {
    const wrong = doorWith({ password: 'not-the-password', retries: 2 });
    const error: unknown = await wrong.probe().catch((cause: unknown) => cause);
    expect(error).toMatchObject({ code: 'SOURCE_UNAVAILABLE', transient: false });
    expect(String(error)).not.toMatch(/hub_reader|not-the-password/);
  });

  test('a server that was killed and came back is read again by the same source', async () => {
    const source = sourceOf({ settings: settings[0] ?? {} }, { retries: 0, failuresToOpen: 100 });
    const read = async () => (await source.mediationOf([idOf('pupil-in-crisis')])).rows;
    const before = await read();
    expect(before[0]).toHaveLength(1);
    server.kill();
    // PostgreSQL's process of a connection may answer once more before it sees that the server is gone.
    let failure: unknown = null;
    const fails = async () => {
      failure = await read().then(
        () => null,
        (cause: unknown) => cause,
      );
      return failure !== null;
    };
    await until(fails);
    expect(failure).toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
    const { port } = server;
    await until(fails);
    server = await product.start(port);
    expect(await read()).toEqual(before);
    await source.close();
  });
});
