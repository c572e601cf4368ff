import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { DepartmentSystem } from '../../e2e/systems/shared/department-system.ts';
import { womensFederationRecords } from '../../e2e/systems/womens-federation/records.ts';
import { startWomensFederationSystem } from '../../e2e/systems/womens-federation/system.ts';
import type { WorldPerson } from '../../e2e/systems/world/model.ts';
import { createWorld, storyPerson } from '../../e2e/systems/world/world.ts';
import { readSettings } from '../shared/settings.ts';
import type { RegisterEntry } from '../shared/source.ts';
import { describeWomensFederationSource } from './contract.ts';
import { dropFolderWomensFederationSource } from './drop-folder-womens-federation-source.ts';
import { fakeWomensFederationSource } from './fake.ts';
import type { WomensFederationSource } from './port.ts';
import { womensFederationSettings } from './settings.ts';

const world = createWorld();
const records = womensFederationRecords(world);
const idsOf = ({ localIds }: WorldPerson) => localIds['womens-federation'];
const story = (name: string) => idsOf(storyPerson(world, name))[0] ?? '';

const sourceOf = (system: DepartmentSystem, registerPageSize?: number) => {
  const { values, problems } = readSettings(womensFederationSettings, system.settings);
  expect(problems).toEqual([]);
  return dropFolderWomensFederationSource(values, registerPageSize === undefined ? {} : { registerPageSize });
};

describeWomensFederationSource('the drop folder', async () => {
  const system = await startWomensFederationSystem({ world });
  const busy = new Set([...records.familySupport, ...records.rightsCases, ...records.hotline].map((r) => r.localId));
  return {
    source: sourceOf(system, 5),
    withFamilySupport: story('mother'),
    withRightsCase: story('mother'),
    withHotline: story('mother'),
    sealed: story('sealed-rights-case'),
    empty: records.register.find(({ localId }) => !busy.has(localId))?.localId ?? '',
    stop: () => system.close(),
  };
});

describeWomensFederationSource('the fake', async () => {
  const rightsCase = {
    kind: 'DOMESTIC_VIOLENCE',
    kindText: '家庭暴力',
    stage: 'ACCEPTED',
    acceptedOn: '2026-03-01',
    closedOn: null,
    protectionOrder: true,
    organisation: null,
    sealed: true,
  } as const;
  const entry = (localId: string): RegisterEntry => ({
    localId,
    name: '某某',
    idNumber: null,
    sex: 'FEMALE',
    birthDate: null,
    division: null,
  });
  return {
    source: fakeWomensFederationSource({
      register: [entry('a'), entry('e')],
      familySupport: {
        a: [
          {
            kind: 'HOME_VISIT',
            kindText: '走访',
            from: '2026-01-02',
            to: null,
            sessions: null,
            status: null,
            organisation: null,
          },
        ],
      },
      rightsCases: { a: [rightsCase] },
      hotlineContacts: { a: [{ date: '2026-01-02', topic: 'OTHER', topicText: '其他', disposition: null }] },
    }),
    withFamilySupport: 'a',
    withRightsCase: 'a',
    withHotline: 'a',
    sealed: 'a',
    empty: 'e',
    stop: async () => {},
  };
});

describe('the drop folder of the sample federation', () => {
  let system: DepartmentSystem;
  let source: WomensFederationSource;
  beforeAll(async () => {
    system = await startWomensFederationSystem({ world });
    source = sourceOf(system);
  });
  afterAll(async () => {
    await source.close();
    await system.close();
  });
  const everybody = world.people.flatMap(idsOf);

  test('every record of the federation is read, whatever its encoding, digits and dates, and duplicates once', async () => {
    const { rows } = await source.familySupportOf(everybody);
    const [cases, calls] = [await source.rightsCasesOf(everybody), await source.hotlineContactsOf(everybody)];
    const count = (all: readonly (readonly unknown[] | null)[]) => all.reduce((sum, of) => sum + (of?.length ?? 0), 0);
    expect(count(rows)).toBe(records.familySupport.length);
    expect(count(cases.rows)).toBe(records.rightsCases.length);
    expect(count(calls.rows)).toBe(records.hotline.length);
    const read = everybody.flatMap((id, i) =>
      (rows[i] ?? []).map((row) => [id, row.kindText, row.from, row.to, row.sessions]),
    );
    const kept = records.familySupport.map((row) => [row.localId, row.kind, row.from, row.to, row.sessions]);
    expect(read.map(String).toSorted()).toEqual(kept.map(String).toSorted());
  });

  test('each case stands under the person whose it is, sealed as it is', async () => {
    const { rows } = await source.rightsCasesOf(everybody);
    const read = everybody.flatMap((id, i) =>
      (rows[i] ?? []).map((row) => [id, row.kindText, row.acceptedOn, row.sealed]),
    );
    const kept = records.rightsCases.map((row) => [row.localId, row.kind, row.acceptedOn, row.sealed]);
    expect(read.map(String).toSorted()).toEqual(kept.map(String).toSorted());
  });

  test('words outside the code set keep their text and become OTHER or null', async () => {
    const rows = (await source.rightsCasesOf(everybody)).rows.flatMap((of) => of ?? []);
    expect(rows.filter(({ kind }) => kind === 'OTHER').every(({ kindText }) => kindText === '村规民约')).toBe(true);
    expect(records.familySupport.some(({ kind }) => kind === '巾帼暖心行动')).toBe(true);
    const support = (await source.familySupportOf(everybody)).rows.flatMap((of) => of ?? []);
    expect(support.find(({ kindText }) => kindText === '巾帼暖心行动')?.kind).toBe('OTHER');
  });

  test('the answer is as of the night of the file', async () => {
    expect(await source.familySupportOf([])).toMatchObject({ asOf: `${world.today}T00:00:00+08:00`, cached: false });
  });

  test('the register has everybody, ID numbers normalised and conflicts kept', async () => {
    const { entries, next } = await source.register(null);
    expect(next).toBeNull();
    expect(entries).toHaveLength(records.register.length);
    expect(new Set(entries.map(({ localId }) => localId))).toEqual(new Set(everybody));
    const mother = storyPerson(world, 'mother');
    expect(entries.find(({ localId }) => localId === story('mother'))).toEqual({
      localId: story('mother'),
      name: mother.name,
      idNumber: mother.idNumber,
      sex: 'FEMALE',
      birthDate: mother.birthDate,
      division: mother.division,
    });
  });

  test('pages of any size give the same register: two lines about one local id are never parted', async () => {
    const { entries: whole } = await source.register(null);
    const claimed = whole.filter((entry, i) => entry.localId === whole[i + 1]?.localId);
    expect(claimed.length).toBeGreaterThan(0);
    const small = sourceOf(system, 1);
    const walked: RegisterEntry[] = [];
    let page = await small.register(null);
    walked.push(...page.entries);
    while (page.next !== null) {
      page = await small.register(page.next);
      walked.push(...page.entries);
    }
    expect(walked).toEqual(whole);
  });
});
