/** What the source of justice must make of the sample bureau's views, whichever database they are in. Test support. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { justiceRecords } from '../../e2e/systems/justice/records.ts';
import { registerOf } from '../../e2e/systems/world/register.ts';
import { createWorld, storyPerson } from '../../e2e/systems/world/world.ts';
import { normaliseIdNumber } from '../shared/id-number.ts';
import { readSettings } from '../shared/settings.ts';
import type { RegisterEntry } from '../shared/source.ts';
import { describeJusticeSource } from './contract.ts';
import type { JusticeSource } from './port.ts';
import { justiceSettings } from './settings.ts';
import { sqlJusticeSource } from './sql-justice-source.ts';

export const world = createWorld({ people: 2_000 });
export const localIds = [...new Set(world.people.flatMap((person) => person.localIds.justice))];
const records = justiceRecords(world);
export const idOf = (story: string) => storyPerson(world, story).localIds.justice[0] ?? '';
const [pupil, migrant, juvenile] = ['pupil-in-crisis', 'migrant-worker', 'juvenile-offender'].map(idOf) as [
  string,
  string,
  string,
];
const openFile = records.reintegration.find(({ sealed }) => sealed === '0')?.person_no ?? '';

/** The views of `world`, ready to be read. */
export interface SqlJusticeUnderTest {
  readonly settings: Readonly<Record<string, string>>;
  /** How many questions the database has answered; left out where nobody counts. */
  readonly calls?: () => number;
}

export function sourceOf({ settings }: SqlJusticeUnderTest, deps = {}): JusticeSource {
  const { values, problems } = readSettings(justiceSettings, settings);
  expect(problems).toEqual([]);
  return sqlJusticeSource(values, deps);
}

/** `views` is asked once the tests run; what it answers stays open until they have. */
export function describeSqlJustice(name: string, views: () => SqlJusticeUnderTest): void {
  describeJusticeSource(`justice over SQL, from ${name}`, async () => {
    const { calls } = views();
    return {
      source: sourceOf(views()),
      knownIds: [migrant, pupil, openFile],
      unknownId: '209900000001',
      sealedOnly: juvenile,
      ...(calls && { calls }),
    };
  });

  describe(`justice over SQL, from ${name}`, () => {
    let source: JusticeSource;
    beforeAll(() => {
      source = sourceOf(views());
    });
    afterAll(() => source.close());
    describeRows(() => source);
    describeWalk(views);
  });
}

function describeRows(source: () => JusticeSource): void {
  test('a mediation is one case to the girl and both parents', async () => {
    const { rows } = await source().mediationOf(['pupil-in-crisis', 'mother', 'father'].map(idOf));
    expect(rows[0]).toEqual([
      {
        kind: 'MARRIAGE_AND_FAMILY',
        kindCode: 'HY',
        kindDisplay: '婚姻家庭纠纷',
        committee: '区婚姻家庭纠纷人民调解委员会',
        stage: 'AGREED',
        stageCode: '3',
        opened: '2025-04-17',
        agreementDate: '2025-06-09',
      },
    ]);
    expect(rows.slice(1)).toEqual([rows[0], rows[0]]);
  });

  test('every date that a clerk wrote is read; what is no date is null', async () => {
    const { rows } = await source().mediationOf(localIds);
    const opened = rows.flatMap((own) => own ?? []).map((row) => row.opened);
    const none = records.mediation.filter(({ accepted_on }) => accepted_on === null || accepted_on === '不详');
    expect(none.length).toBeGreaterThan(0);
    expect(opened.filter((date) => date === null).length).toBeGreaterThan(0);
    expect(opened.filter((date) => date === null).length).toBeLessThanOrEqual(none.length);
    expect(opened.some((date) => date?.length === 7)).toBe(true);
  });

  test('codes outside the code set stay and mean OTHER; what a lost list named is null', async () => {
    const { rows } = await source().mediationOf(localIds);
    const all = rows.flatMap((own) => own ?? []);
    expect(all.find(({ kindCode }) => kindCode === 'QT')).toMatchObject({ kind: 'OTHER', kindDisplay: null });
    expect(all.some(({ committee }) => committee === null)).toBe(true);
    expect(all.some(({ stage, stageCode }) => stage === 'OTHER' && stageCode === '8')).toBe(true);
  });

  test('a line that stands there twice is one row', async () => {
    const lines = records.legalAid.map((line) => JSON.stringify(line));
    expect(new Set(lines).size).toBeLessThan(lines.length);
    const { rows } = await source().legalAidOf(localIds);
    expect(rows.flatMap((own) => own ?? [])).toHaveLength(new Set(lines).size);
  });

  test('a juvenile’s file is sealed, also where the clerk forgot the mark', async () => {
    const unmarked = records.reintegration.filter(({ juvenile: young, sealed }) => young === '1' && sealed === null);
    expect(unmarked.length).toBeGreaterThan(0);
    const { rows } = await source().reintegrationOf(unmarked.map(({ person_no }) => person_no));
    expect(rows.flat().every((row) => row?.sealed === true)).toBe(true);
    const { rows: open } = await source().reintegrationOf([openFile]);
    expect(open[0]).toMatchObject([{ sealed: false }]);
  });

  test('legal aid in a juvenile’s criminal case is sealed, that of an adult is open', async () => {
    const { rows: young } = await source().legalAidOf([juvenile]);
    expect(young).toMatchObject([[{ kind: 'CRIMINAL', opened: '2025-01-14', sealed: true }]]);
    const { rows } = await source().legalAidOf(localIds);
    const criminal = rows.flatMap((own) => own ?? []).filter(({ kind }) => kind === 'CRIMINAL');
    expect(new Set(criminal.map(({ sealed }) => sealed))).toEqual(new Set([true, false]));
  });

  test('rows that ended before `since` are left out, those that go on are not', async () => {
    const { rows } = await source().legalAidOf([migrant], { since: '2026-03-11' });
    expect(rows[0]).toHaveLength(1);
    expect((await source().legalAidOf([migrant], { since: '2026-03-12' })).rows).toEqual([[]]);
    expect((await source().reintegrationOf([juvenile], { since: '2026-11-01' })).rows[0]).toHaveLength(1);
  });
}

function describeWalk(views: () => SqlJusticeUnderTest): void {
  test('the register is walked page by page; lines of one id stay together; none is lost', async () => {
    const walker = sourceOf(views(), { registerPageSize: 7 });
    const entries: RegisterEntry[] = [];
    let cursor: string | null = null;
    do {
      const page = await walker.register(cursor);
      const before = new Set(entries.map(({ localId }) => localId));
      expect(page.entries.some(({ localId }) => before.has(localId))).toBe(false);
      entries.push(...page.entries);
      cursor = page.next;
    } while (cursor !== null);
    await walker.close();
    const written = registerOf(world, 'justice');
    const named = (line: { localId: string; name: string; idNumber: string | null }) =>
      `${line.localId} ${line.name} ${normaliseIdNumber(line.idNumber ?? '')}`;
    expect(entries.map(named).toSorted()).toEqual(written.map(named).toSorted());
    expect(new Set(entries.map(({ sex }) => sex))).toEqual(new Set(['MALE', 'FEMALE', 'UNSTATED']));
    expect(entries.filter(({ birthDate }) => birthDate === null)).toEqual([]);
  });
}
