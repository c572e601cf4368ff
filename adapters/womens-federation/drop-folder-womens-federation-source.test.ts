import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { DepartmentSystem } from '../../e2e/systems/shared/department-system.ts';
import { womensFederationRecords } from '../../e2e/systems/womens-federation/records.ts';
import { startWomensFederationSystem } from '../../e2e/systems/womens-federation/system.ts';
import type { WorldPerson } from '../../e2e/systems/world/model.ts';
import { createWorld, storyPerson } from '../../e2e/systems/world/world.ts';
import { readSettings } from '../shared/settings.ts';
import { wholeRegister } from '../shared/source.contract.ts';
import { describeWomensFederationSource } from './contract.ts';
import { dropFolderWomensFederationSource } from './drop-folder-womens-federation-source.ts';
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
  return {
    source: sourceOf(system, 5),
    knownIds: [...new Set(world.people.flatMap(idsOf))],
    unknownId: 'nobody-there',
    sealed: story('sealed-rights-case'),
    close: () => system.close(),
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
    expect(await wholeRegister(small)).toEqual(whole);
  });
});
