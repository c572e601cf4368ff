import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { RegisterEntry } from '../../../adapters/shared/source.ts';
import { linkConflicts } from '../link-conflict.ts';
import { undoLink } from '../link-person.ts';
import { openConflicts } from '../open-conflicts.ts';
import { acting, departments, idNumber, link, OTHER_DISTRICT, person, services, TOWN } from '../person-fixtures.ts';
import { persons } from '../person.ts';
import { linkRegister } from './link-register.ts';
import { linkRuns } from './link-run.ts';

const health = departments.find(({ slug }) => slug === 'health');
if (health === undefined) throw new Error('no health department is deployed');
const department = health;
const entry = (localId: string, changes: Partial<RegisterEntry> = {}): RegisterEntry => ({
  localId,
  idNumber: idNumber(),
  name: '王小明',
  sex: 'MALE',
  birthDate: '2011-03-05',
  division: TOWN,
  ...changes,
});
const stranger = idNumber('1975-05-05', '022');

/** Answers these pages; the cursor is the number of the next one. */
const registerOf = (pages: readonly (readonly RegisterEntry[])[], asked: (string | null)[] = []) => ({
  register: async (cursor: string | null) => {
    asked.push(cursor);
    const at = Number(cursor ?? 0);
    return { entries: pages[at] ?? [], next: at + 1 < pages.length ? String(at + 1) : null };
  },
});

let hub: ReturnType<typeof services>;
beforeEach(async () => {
  hub = services();
  const data = person({
    idHash: hub.idNumberHash(idNumber()),
    links: [link({ department: 'EDUCATION', localId: 'E-1' })],
  });
  await hub.store.save(persons, { id: 'child', data, expectedVersion: 0 });
  const mother = person({
    sex: 'FEMALE',
    birthDate: '1980-01-01',
    idHash: hub.idNumberHash(idNumber('1980-01-01', '022')),
  });
  await hub.store.save(persons, { id: 'mother', data: mother, expectedVersion: 0 });
});
afterEach(() => hub.store.close());

const walk = async (
  source: ReturnType<typeof registerOf>,
  { dryRun = false, ...more }: { dryRun?: boolean; mostPages?: number } = {},
) => {
  const listed: unknown[] = [];
  const report = { page: () => undefined, uncertain: (line: unknown) => listed.push(line) };
  const counts = await linkRegister({ ...hub, department, source, dryRun, report, ...more });
  return { counts, listed };
};
const holder = async (localId: string) => (await hub.store.findByKey(persons, `link:HEALTH:${localId}`))?.id ?? null;

test('persons of the hub are linked by ID number, others are left alone and nobody is created', async () => {
  const pages = [
    [entry('H-1'), entry('H-2', { idNumber: stranger })],
    [entry('H-3', { idNumber: null }), entry('H-4')],
  ];
  const { counts, listed } = await walk(registerOf(pages));
  expect(counts).toEqual({ pages: 2, entries: 4, linked: 2, known: 0, uncertain: 0 });
  expect([await holder('H-1'), await holder('H-2'), await holder('H-3'), await holder('H-4')]).toEqual([
    'child',
    null,
    null,
    'child',
  ]);
  expect(listed).toEqual([]);
  expect(await hub.store.findByKey(persons, `idHash:${hub.idNumberHash(stranger)}`)).toBeNull();
});

test('what contradicts the hub is listed and recorded, not linked', async () => {
  const page = [
    entry('H-1', { sex: 'FEMALE' }),
    entry('H-2', { birthDate: '2012' }),
    entry('H-3'),
    entry('H-3', { idNumber: idNumber('1980-01-01', '022'), sex: 'FEMALE', birthDate: '1980-01-01' }),
    entry('H-3', { idNumber: stranger }),
    entry('H-4', { name: '李小明' }),
  ];
  const { counts, listed } = await walk(registerOf([page]));
  expect(counts).toMatchObject({ linked: 1, uncertain: 5 });
  expect(listed).toEqual([
    { localId: 'H-1', kind: 'SEX', personIds: ['child'] },
    { localId: 'H-2', kind: 'BIRTH_DATE', personIds: ['child'] },
    { localId: 'H-3', kind: 'LOCAL_ID_OF_TWO_PERSONS', personIds: ['mother', 'child'] },
    { localId: 'H-3', kind: 'LOCAL_ID_OF_TWO_PERSONS', personIds: ['child'] },
    { localId: 'H-4', kind: 'NAME', personIds: ['child'] },
  ]);
  expect([await holder('H-1'), await holder('H-2'), await holder('H-3')]).toEqual([null, null, 'child']);
  expect((await hub.store.countBy(linkConflicts, 'open')).get('HEALTH')).toBe(5);
});

test('case 26: what the register says of a record that a unit keeps is for that unit to decide, wherever the register puts it', async () => {
  await walk(registerOf([[entry('H-1')]]));
  await walk(registerOf([[entry('H-1', { division: OTHER_DISTRICT, sex: 'FEMALE' })]]));
  const conflictsOf = async (division: string) =>
    (await openConflicts(hub.store, acting({ division }), { first: 9, after: null })).items.length;
  expect([await conflictsOf(TOWN), await conflictsOf(OTHER_DISTRICT)]).toEqual([1, 0]);
});

test('a second walk changes nothing', async () => {
  await walk(registerOf([[entry('H-1')]]));
  const before = await hub.store.load(persons, 'child');
  expect((await walk(registerOf([[entry('H-1')]]))).counts).toMatchObject({ pages: 1, linked: 0, known: 1 });
  expect(await hub.store.load(persons, 'child')).toEqual(before);
});

test('a run that was cut off goes on at its page and then starts anew', async () => {
  const pages = [[entry('H-1')], [entry('H-2')], [entry('H-3')]];
  const asked: (string | null)[] = [];
  const whole = registerOf(pages, asked);
  const dying = {
    register: async (cursor: string | null) => {
      if (cursor === '1') throw new Error('killed');
      return whole.register(cursor);
    },
  };
  await expect(walk(dying)).rejects.toThrow('killed');
  expect((await walk(whole)).counts).toEqual({ pages: 3, entries: 3, linked: 3, known: 0, uncertain: 0 });
  expect(asked).toEqual([null, '1', '2']);
  expect((await walk(whole)).counts).toMatchObject({ pages: 3, linked: 0, known: 3 });
});

test.each([[['1', '2', '1']], [['1', '2', '2']]])('cursors that go in a circle (%j) end the run', async (cursors) => {
  let asked = 0;
  const register = async () => {
    const next = cursors[asked] ?? null;
    asked += 1;
    return { entries: [entry(`H-${asked}`)], next };
  };
  await expect(walk({ register })).rejects.toMatchObject({ code: 'SOURCE_INVALID', source: 'health' });
  expect(asked).toBe(3);
});

test('case 45: a register that goes on for ever ends the run', async () => {
  let asked = 0;
  const register = async () => ({ entries: [entry('H-1')], next: `page ${(asked += 1)}` });
  await expect(walk({ register }, { mostPages: 5 })).rejects.toMatchObject({ code: 'SOURCE_INVALID' });
  expect(asked).toBe(6);
});

test('a dry run counts and lists the same and changes nothing', async () => {
  const pages = [[entry('H-1'), entry('H-2', { sex: 'FEMALE' })]];
  const { counts, listed } = await walk(registerOf(pages), { dryRun: true });
  expect([counts.linked, counts.uncertain, listed.length]).toEqual([1, 1, 1]);
  expect([await holder('H-1'), await hub.store.load(linkRuns, 'health')]).toEqual([null, null]);
  expect(await hub.store.countBy(linkConflicts, 'open')).toEqual(new Map());
});

test('a link that a human undid is not made again by the walk', async () => {
  await walk(registerOf([[entry('H-1')]]));
  await undoLink(hub, acting({ division: '990101' }), { personId: 'child', localId: 'H-1', reason: 'wrong person' });
  expect((await walk(registerOf([[entry('H-1')]]))).counts).toMatchObject({ linked: 0, known: 0, uncertain: 0 });
  expect(await holder('H-1')).toBeNull();
});
