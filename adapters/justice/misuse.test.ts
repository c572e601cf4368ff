import { createServer, type Server } from 'node:net';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { startJusticeSystem } from '../../e2e/systems/justice/system.ts';
import type { DepartmentSystem, Fault } from '../../e2e/systems/shared/department-system.ts';
import { createWorld, storyPerson } from '../../e2e/systems/world/world.ts';
import { readSettings } from '../shared/settings.ts';
import { SourceError, type SourceErrorCode } from '../shared/source-error.ts';
import { sqlDoor } from '../shared/sql-door.ts';
import type { SqlDriver } from '../shared/sql-driver.ts';
import { sql } from '../shared/sql-statement.ts';
import { JUSTICE_READS } from './contract.ts';
import type { JusticeSource } from './port.ts';
import { justiceSettings } from './settings.ts';
import { sqlJusticeSource } from './sql-justice-source.ts';

const world = createWorld();
const pupil = storyPerson(world, 'pupil-in-crisis').localIds.justice[0] ?? '';

let system: DepartmentSystem;
let opened: { close(): Promise<void> }[] = [];
beforeAll(async () => {
  system = await startJusticeSystem({ world });
});
afterEach(async () => {
  await system.break(null);
  await Promise.all(opened.map((one) => one.close()));
  opened = [];
});
afterAll(() => system.close());

const settingsWith = (changed: Record<string, string> = {}) =>
  readSettings(justiceSettings, { ...system.settings, ...changed }).values;

function sourceWith(deps: Parameters<typeof sqlJusticeSource>[1] = {}, changed: Record<string, string> = {}) {
  const source = sqlJusticeSource(settingsWith(changed), { retries: 0, failuresToOpen: 100, ...deps });
  opened.push(source);
  return source;
}

async function codeOf(answer: Promise<unknown>): Promise<SourceErrorCode | null> {
  return answer.then(
    () => null,
    (error: unknown) => {
      expect(error).toBeInstanceOf(SourceError);
      return (error as SourceError).code;
    },
  );
}

describe('a department’s database that is ill', () => {
  const ENDS: readonly (readonly [Fault, SourceErrorCode])[] = [
    ['hang', 'SOURCE_TIMEOUT'],
    ['slow', 'SOURCE_TIMEOUT'],
    ['too-many-requests', 'SOURCE_UNAVAILABLE'],
    ['error-500', 'SOURCE_UNAVAILABLE'],
    ['html-200', 'SOURCE_UNAVAILABLE'],
    ['cut-off', 'SOURCE_UNAVAILABLE'],
    ['garbage', 'SOURCE_INVALID'],
    ['down', 'SOURCE_UNAVAILABLE'],
    ['maintenance', 'SOURCE_UNAVAILABLE'],
  ];
  test.each(ENDS)('%s, in the middle of work and for a new connection, ends as %s', async (fault, code) => {
    const changed: Record<string, string> = fault === 'hang' || fault === 'slow' ? { JUSTICE_TIMEOUT_MS: '200' } : {};
    const [busy, fresh] = [sourceWith({}, changed), sourceWith({}, changed)];
    // What is loaded on two cores may need more than the short time limit: only that it was connected matters.
    await busy.mediationOf([pupil]).catch(() => undefined);
    await system.break(fault);
    expect(await codeOf(busy.mediationOf([pupil]))).toBe(code);
    expect(await codeOf(fresh.mediationOf([pupil]))).toBe(code);
    await system.break(null);
    expect(await codeOf(sourceWith().mediationOf([pupil]))).toBe(null);
  });

  test('after a fault the same source answers again', async () => {
    const source = sourceWith();
    await source.mediationOf([pupil]);
    for (const fault of ['down', 'cut-off', 'maintenance', 'garbage', 'error-500'] as const) {
      await system.break(fault);
      expect(await codeOf(source.mediationOf([pupil]))).not.toBe(null);
      await system.break(null);
      expect((await source.mediationOf([pupil])).rows[0]).toHaveLength(1);
    }
  });

  test('a caller who goes away frees the connection, and is no fault of the department', async () => {
    const source = sourceWith({ failuresToOpen: 1 }, { JUSTICE_POOL_SIZE: '1' });
    await source.mediationOf([pupil]);
    await system.break('hang');
    const gone = new AbortController();
    const answer = codeOf(source.mediationOf([pupil], { signal: gone.signal }));
    gone.abort();
    expect(await answer).toBe('SOURCE_TIMEOUT');
    await system.break(null);
    expect((await source.mediationOf([pupil])).rows[0]).toHaveLength(1);
  });

  test('nobody listens there: unavailable', async () => {
    const port = await freePort();
    const source = sourceWith({}, { JUSTICE_URL: `postgresql://hub_reader@127.0.0.1:${port}/x?sslmode=disable` });
    expect(await codeOf(source.probe())).toBe('SOURCE_UNAVAILABLE');
  });

  test('a server without TLS is not talked to in plain text unless the address says so', async () => {
    const source = sourceWith({}, { JUSTICE_URL: system.settings.JUSTICE_URL?.replace('?sslmode=disable', '') ?? '' });
    expect(await codeOf(source.probe())).toBe('SOURCE_UNAVAILABLE');
  });
});

describe('what the hub may do there', () => {
  const door = () => {
    const { JUSTICE_URL: url, JUSTICE_PASSWORD: password } = settingsWith();
    const made = sqlDoor({ source: 'justice', url, password, retries: 0 });
    opened.push(made);
    return made;
  };

  test.each([
    ['a table behind the views', sql`SELECT facts FROM legal_aid_case`, '42501'],
    ['a view that is not there', sql`SELECT 1 FROM v_no_such_view`, '42P01'],
    ['a value that does not fit', sql`SELECT 1 / length(${''})`, '22012'],
    ['a change', sql`SELECT set_config(${'x.y'}, ${'z'}, false) FROM pg_temp.x`, '42P01'],
  ])('case 48: %s is refused, and its reason stays in the log', async (_, statement, state) => {
    const error: unknown = await door()
      .select(statement)
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'SOURCE_INVALID', cause: { message: `the database reported ${state}` } });
    expect(String(error)).not.toMatch(/facts|v_no_such|division/);
  });

  test('case 48: no view, no table and no row is changed by any id', async () => {
    const source = sourceWith();
    const hostile = [`'); DELETE FROM person; --`, `x' UNION SELECT facts FROM legal_aid_case --`, '$1', '{"a"}', '\\'];
    for (const read of JUSTICE_READS) expect((await source[read](hostile)).rows).toEqual(hostile.map(() => null));
    expect(await codeOf(source.register(`after:' OR ''='`))).toBe(null);
    expect(await codeOf(source.register(`'; DROP VIEW v_register; --`))).toBe('SOURCE_INVALID');
    expect((await source.mediationOf([pupil])).rows[0]).toHaveLength(1);
  });

  test('more rows than are allowed are no answer', async () => {
    const source = sourceWith({ maxRows: 1 });
    const everybody = world.people.flatMap(({ localIds }) => localIds.justice);
    expect(await codeOf(source.mediationOf(everybody))).toBe('SOURCE_INVALID');
  });
});

describe('views that do not hold what was agreed', () => {
  const answering = (rows: readonly unknown[]): SqlDriver => ({
    select: async () => rows,
    failureOf: () => null,
    close: async () => undefined,
  });
  const line = {
    known_no: 'J1',
    person_no: 'J1',
    case_no: '1',
    kind_code: 'HY',
    kind_name: null,
    stage_code: '3',
    accepted_on: '2025-04-17',
    agreement_on: null,
    committee: null,
  };
  const ask = async (rows: readonly unknown[], warnings: object[] = []): Promise<JusticeSource> =>
    sourceWith({ driver: answering(rows), log: { warn: (details) => warnings.push(details) } });

  test('rows of a person who was not asked for are dropped and reported, without a value', async () => {
    const warnings: object[] = [];
    const source = await ask([line, { ...line, known_no: 'J2', person_no: 'J2' }], warnings);
    const { rows } = await source.mediationOf(['J1', 'J3']);
    expect(rows).toMatchObject([[{ kind: 'MARRIAGE_AND_FAMILY' }], null]);
    expect(warnings).toEqual([{ source: 'justice', list: 'v_mediation', count: 1 }]);
  });

  test('a row that does not fit is set aside, the others stand; where none fits it is no answer', async () => {
    const warnings: object[] = [];
    const { kind_code: _, ...bad } = line;
    const { rows } = await (await ask([line, bad], warnings)).mediationOf(['J1']);
    expect(rows).toMatchObject([[{ kindCode: 'HY' }]]);
    expect(warnings).toMatchObject([{ setAside: 1, of: 2 }]);
    expect(JSON.stringify(warnings)).not.toContain('J1');
    expect(await codeOf((await ask([bad])).mediationOf(['J1']))).toBe('SOURCE_INVALID');
  });

  test('a text longer than any sets its row aside', async () => {
    const { rows } = await (await ask([line, { ...line, committee: '会'.repeat(1_001) }])).mediationOf(['J1']);
    expect(rows).toMatchObject([[{ committee: null }]]);
  });

  test.each(['J1\u200b', ' J1', '\u202eJ1', 'J'.repeat(65)])('case 57: %j is nobody’s number', async (person_no) => {
    const warnings: object[] = [];
    const { rows } = await (await ask([line, { ...line, person_no }], warnings)).mediationOf(['J1']);
    expect(rows).toMatchObject([[{ kindCode: 'HY' }]]);
    expect(warnings).toMatchObject([{ setAside: 1, of: 2 }]);
  });

  test('a view without the column of ids is no answer', async () => {
    expect(await codeOf((await ask([{ ...line, known_no: null }])).mediationOf(['J1']))).toBe('SOURCE_INVALID');
  });

  test('numbers and truth values of another driver mean the same', async () => {
    const file = { known_no: 7, person_no: 7, case_no: 1, from_on: 20250701, to_on: null, worker: '郭', office: null };
    const source = await ask([{ ...file, juvenile: false, sealed: 0 }]);
    expect((await source.reintegrationOf(['7'])).rows).toEqual([
      [{ from: '2025-07-01', to: null, worker: '郭', organisation: null, sealed: false }],
    ]);
  });

  const aid = {
    known_no: 'J1',
    person_no: 'J1',
    case_no: '1',
    kind_name: null,
    stage_code: '40',
    applied_on: '2025-01-14',
    decided_on: null,
    closed_on: null,
    office: null,
  };
  test.each([
    ['03', '1', true],
    ['03', '0', false],
    ['03', null, true],
    ['05', '是', true],
    ['05', false, false],
    ['99', null, true],
    [null, '', true],
    ['99', '0', false],
    ['01', '1', true],
    ['01', null, false],
    ['04', '0', false],
  ])('legal aid of kind %p with the mark %p: sealed is %p', async (kind_code, young, sealed) => {
    const source = await ask([{ ...aid, kind_code, juvenile: young }]);
    expect((await source.legalAidOf(['J1'])).rows).toMatchObject([[{ sealed }]]);
  });

  test('legal aid without the column of the mark is no answer', async () => {
    expect(await codeOf((await ask([{ ...aid, kind_code: '03' }])).legalAidOf(['J1']))).toBe('SOURCE_INVALID');
  });

  describe('cases that two systems hold', () => {
    const file = {
      known_no: 'J1',
      person_no: 'J1',
      case_no: '安帮１',
      from_on: '2025-07-01',
      to_on: null,
      worker: '郭',
    };
    const open = { ...file, office: null, juvenile: '0', sealed: '0' };
    const sealedOf = async (...lines: readonly object[]) =>
      (await (await ask(lines)).reintegrationOf(['J1'])).rows[0]?.map(({ sealed }) => sealed);

    test('one sealed copy seals all of them, whichever comes first and however it differs', async () => {
      const sealed = { ...open, sealed: '1' };
      expect(await sealedOf(open, sealed)).toEqual([true]);
      expect(await sealedOf(sealed, open)).toEqual([true]);
      expect(await sealedOf(open, { ...sealed, case_no: ' 安帮1', worker: '曹' })).toEqual([true, true]);
    });

    test('the seal is that of one case and one person', async () => {
      const other = { ...open, sealed: '1', case_no: '安帮2', worker: '曹' };
      expect(await sealedOf(open, other)).toEqual([false, true]);
      expect(await sealedOf({ ...open, case_no: null }, { ...other, case_no: null })).toEqual([false, true]);
      expect(await sealedOf(open, { ...open, known_no: 'J2', person_no: 'J2', sealed: '1' })).toEqual([false]);
    });

    test('a sealed copy that is older than asked for seals too', async () => {
      const source = await ask([open, { ...open, to_on: '2025-08-01', sealed: '1' }]);
      expect((await source.reintegrationOf(['J1'], { since: '2026-01-01' })).rows).toMatchObject([[{ sealed: true }]]);
    });
  });

  test('a register page that one id fills is no page', async () => {
    const person = {
      person_no: 'J1',
      name: null,
      id_no: null,
      sex: null,
      birth_date: null,
      division: null,
      place: '1',
    };
    const source = sourceWith({ driver: answering([person, person, person]), registerPageSize: 2 });
    expect(await codeOf(source.register(null))).toBe('SOURCE_INVALID');
  });
});

async function freePort(): Promise<number> {
  const server: Server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}
