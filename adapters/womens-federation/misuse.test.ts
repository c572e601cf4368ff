import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { DepartmentSystem } from '../../e2e/systems/shared/department-system.ts';
import { droppedLine as line, rewriteDroppedFile } from '../../e2e/systems/womens-federation/rewrite-dropped-file.ts';
import { startWomensFederationSystem } from '../../e2e/systems/womens-federation/system.ts';
import { createWorld, storyPerson } from '../../e2e/systems/world/world.ts';
import { dropFolderWomensFederationSource } from './drop-folder-womens-federation-source.ts';
import type { WomensFederationSource } from './port.ts';

const world = createWorld({ people: 60 });
const idOf = (story: string) => storyPerson(world, story).localIds['womens-federation'][0] ?? '';
const MOTHER = idOf('mother');
const SEALED = idOf('sealed-rights-case');
const TONIGHT = `${world.today}T00:00:00+08:00`;
const SUPPORT = '家庭关爱_20261120.csv';
const LAST_NIGHT = '2026-11-19T00:00:00+08:00';

let system: DepartmentSystem;
let folder: string;
let source: WomensFederationSource;
const open = () =>
  dropFolderWomensFederationSource({
    WOMENS_FEDERATION_DROP_FOLDER: folder,
    WOMENS_FEDERATION_CHECK_SECONDS: 0,
    WOMENS_FEDERATION_TIMEOUT_MS: 3_000,
  });
beforeEach(async () => {
  system = await startWomensFederationSystem({ world });
  folder = system.settings.WOMENS_FEDERATION_DROP_FOLDER ?? '';
  source = open();
});
afterEach(async () => {
  await source.close();
  await system.close();
});

describe('tonight’s files are no good', () => {
  const faults = ['slow', 'hang', 'html-200', 'cut-off', 'garbage'] as const;

  test.each(faults)('%s: what was read before stays in force, said to be cached', async (fault) => {
    const before = await source.rightsCasesOf([MOTHER, SEALED]);
    await system.break(fault);
    expect(await source.rightsCasesOf([MOTHER, SEALED])).toEqual({ ...before, cached: true });
    await system.break(null);
    expect(await source.rightsCasesOf([MOTHER, SEALED])).toEqual(before);
  });

  test.each(faults)('%s: a hub started just now goes by last night', async (fault) => {
    await system.break(fault);
    const { asOf, cached, rows } = await source.familySupportOf([MOTHER]);
    expect({ asOf, cached }).toEqual({ asOf: LAST_NIGHT, cached: true });
    expect(rows[0]?.length).toBe(2);
  });

  test('maintenance: none came, so last night’s are the newest', async () => {
    await system.break('maintenance');
    expect(await source.familySupportOf([MOTHER])).toMatchObject({ asOf: LAST_NIGHT, cached: false });
  });

  test('and the probe finds the folder all the same', async () => {
    await system.break('garbage');
    await expect(source.probe()).resolves.toBeUndefined();
  });
});

describe('the folder itself cannot be read', () => {
  test.each(['down', 'error-500', 'too-many-requests'] as const)('%s: unavailable, then back', async (fault) => {
    await source.hotlineContactsOf([MOTHER]);
    await system.break(fault);
    const unavailable = { code: 'SOURCE_UNAVAILABLE', source: 'womens-federation' };
    await expect(source.hotlineContactsOf([MOTHER])).rejects.toMatchObject(unavailable);
    await expect(source.register(null)).rejects.toMatchObject(unavailable);
    await expect(source.probe()).rejects.toMatchObject(unavailable);
    await system.break(null);
    expect((await source.hotlineContactsOf([MOTHER])).asOf).toBe(TONIGHT);
  });

  test('a caller who is gone is not served', async () => {
    const gone = { signal: AbortSignal.abort() };
    await expect(source.hotlineContactsOf([MOTHER], gone)).rejects.toMatchObject({ code: 'SOURCE_TIMEOUT' });
  });
});

test('nothing good was ever there: invalid', async () => {
  for (const stamp of ['20261119', '20261120'])
    await rewriteDroppedFile({ folder, name: `12338热线_${stamp}.csv` }, () => Buffer.from('<html>'));
  await expect(source.hotlineContactsOf([MOTHER])).rejects.toMatchObject({ code: 'SOURCE_INVALID' });
});

test('a file cut off although its manifest was made after it loses no row silently', async () => {
  await rewriteDroppedFile({ folder, name: SUPPORT }, (bytes) => bytes.subarray(0, bytes.length / 2), {
    keepRows: true,
  });
  expect(await source.familySupportOf([MOTHER])).toMatchObject({ asOf: LAST_NIGHT, cached: true });
});

test('a cursor of somewhere else is no cursor', async () => {
  await expect(source.register('17')).rejects.toMatchObject({ code: 'SOURCE_INVALID' });
});

describe('rows that are wrong', () => {
  const add = (...lines: Uint8Array[]) =>
    rewriteDroppedFile({ folder, name: SUPPORT }, (bytes) => Buffer.concat([bytes, ...lines]));
  const supportOf = async (id: string) => (await source.familySupportOf([id])).rows[0] ?? [];

  test('one number under two persons is nobody’s: never another person’s data', async () => {
    const row = ['走访关爱', '2026-01-01', '', '1', '进行中', ''] as const;
    await add(line('JT1', MOTHER, ...row), line('JT1', SEALED, ...row), line('JT1', MOTHER, ...row));
    expect(await supportOf(MOTHER)).toHaveLength(2);
    expect(await supportOf(SEALED)).toHaveLength(0);
  });

  test('case 57: a cell cut in the middle of a character costs its row only', async () => {
    const whole = line('JT2', MOTHER, '走访关爱', '2026-01-01', '', '1', '进行中', '桥头街道');
    const cut = Buffer.concat([whole.subarray(0, -3), Buffer.from('\r\n')]);
    await add(cut, line('JT3', MOTHER, '留守关爱', '2026-01-02', '', '1', '进行中', '桥头街道'));
    expect((await supportOf(MOTHER)).map(({ from }) => from)).toEqual(['2025-04-09', '2026-03-12', '2026-01-02']);
  });

  test('cases 54 and 57: formulas are text, hidden characters go', async () => {
    await add(
      line('JT4', MOTHER, '"=HYPERLINK(""http://x"",""走访"")"', '2026-01-03', '', '=1+1', '进行中', '妇\u202e联'),
    );
    expect((await supportOf(MOTHER)).at(-1)).toEqual({
      kind: 'OTHER',
      kindText: '=HYPERLINK("http://x","走访")',
      from: '2026-01-03',
      to: null,
      sessions: null,
      status: 'ACTIVE',
      organisation: '妇联',
    });
  });

  test('a row of somebody who is in no register is kept under that id', async () => {
    expect(await supportOf('fl.2014.999999')).toHaveLength(1);
  });
});
