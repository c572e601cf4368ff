import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { activeLinks } from './crosswalk.ts';
import { linkConflicts } from './link-conflict.ts';
import { linkPerson, undoLink } from './link-person.ts';
import { acting, DISTRICT, idNumber, OTHER_DISTRICT, services, TOWN } from './person-fixtures.ts';
import { openConflicts } from './open-conflicts.ts';
import { persons } from './person.ts';
import { registerPerson } from './register-person.ts';
import type { RegistrationInput } from './registration-input.ts';
import { resolveLinkConflict } from './resolve-link-conflict.ts';

const input = (changes: Partial<RegistrationInput> = {}): RegistrationInput => ({
  idempotencyKey: 'key-1',
  idNumber: idNumber(),
  name: '王小明',
  division: TOWN,
  localId: 'H-1',
  basisReference: 'matter-7',
  ...changes,
});
const school = () => acting({ client: 'education-system', department: 'EDUCATION' });

let hub: ReturnType<typeof services>;
beforeEach(() => {
  hub = services();
});
afterEach(() => hub.store.close());
const register = (changes: Partial<RegistrationInput> = {}, who = acting()) => registerPerson(hub, who, input(changes));
const conflictsNow = async () => (await openConflicts(hub.store, acting(), { first: 9, after: null })).items;
const holder = async (localId: string, department = 'HEALTH') =>
  (await hub.store.findByKey(persons, `link:${department}:${localId}`))?.id ?? null;

const HIDING = '0 7 d800 dfff 61c 200b 200d 200e 200f 2028 2029 202a 202b 202c 202d 202e 2060 2066 2069 feff'.split(
  ' ',
);

describe('registerPerson', () => {
  test('a new person has an opaque id, what the ID number says, a link, and no ID number anywhere', async () => {
    const { person, refusal } = await register();
    expect(refusal).toBeNull();
    expect(person?.data).toMatchObject({ sex: 'MALE', birthDate: '2011-03-05', name: '王小明' });
    expect(person?.data.links).toMatchObject([
      { department: 'HEALTH', localId: 'H-1', division: DISTRICT, evidence: 'ID_NUMBER', linkedBy: 'worker-1' },
    ]);
    const events = await hub.store.claim({ type: 'AUDIT', leaseMs: 1, limit: 9 });
    expect(JSON.stringify([person, events])).not.toContain(idNumber());
    expect(JSON.stringify(events)).not.toContain('王');
  });

  test('the same client and key give the same person and the same answer', async () => {
    const [first, again] = [await register(), await register()];
    expect(again).toEqual(first);
    expect(first).toMatchObject({ created: true });
  });

  test.each([{ name: '李小明' }, { localId: 'H-2' }, { idNumber: null }, { basisReference: 'matter-8' }])(
    'the same key for something else is refused: %j',
    async (changes) => {
      await register();
      expect((await register(changes)).refusal).toEqual({ code: 'KEY_REUSED', path: ['idempotencyKey'] });
    },
  );

  test('the same key of another client is another key', async () => {
    await register();
    const other = await register({ idNumber: null, localId: 'E-9' }, school());
    expect(other).toMatchObject({ person: { id: 'person-2' }, created: true });
  });

  test('the same ID number, however written, gives the same person to another department, and `created` tells nothing', async () => {
    await register({ idNumber: idNumber('2011-03-05', '01X'.replace('X', '1')) });
    const other = await register(
      { idNumber: ` ${idNumber().toLowerCase()} `, localId: 'E-1', idempotencyKey: 'k' },
      school(),
    );
    expect(other).toMatchObject({ person: { id: 'person-1' }, created: true });
    expect(activeLinks(other.person?.data.links ?? []).map(({ department }) => department)).toEqual([
      'HEALTH',
      'EDUCATION',
    ]);
  });

  test('the same local id gives the same person, who takes over an ID number given later', async () => {
    await register({ idNumber: null });
    const later = await register({ idempotencyKey: 'key-2' });
    expect(later).toMatchObject({ person: { id: 'person-1' }, created: false });
    expect(later.person?.data.idHash).toBe(hub.idNumberHash(idNumber()));
  });

  test.each([
    [{ idNumber: '11010519491231002X'.replace('2X', '3X') }, 'idNumber'],
    [{ sex: 'FEMALE' as const }, 'sex'],
    [{ birthDate: '2011-03-06' }, 'birthDate'],
    [{ birthDate: '5 March' }, 'birthDate'],
    [{ division: '99' }, 'division'],
    [{ name: ' ' }, 'name'],
    [{ name: 'a\u202eb' }, 'name'],
    [{ name: '·' }, 'name'],
    [{ name: ' ・ . ' }, 'name'],
    [{ localId: 'a\u0000' }, 'localId'],
    [{ basisReference: '她说丈夫打她，第2次' }, 'basisReference'],
    [{ idempotencyKey: 'k'.repeat(101) }, 'idempotencyKey'],
  ])('%j is refused as invalid', async (changes, field) => {
    expect((await register(changes)).refusal).toEqual({ code: 'INVALID', path: [field] });
  });

  test.each(HIDING)('case 57: U+%s in a name or a number is refused: it would pose as another', async (code) => {
    const hidden = String.fromCodePoint(Number.parseInt(code, 16));
    for (const field of ['name', 'localId'])
      expect((await register({ [field]: `王${hidden}小明` })).refusal).toEqual({ code: 'INVALID', path: [field] });
  });

  test.each([
    ['without department', { ...acting({ department: null }) }],
    ['without jurisdiction', { ...acting({ division: null }) }],
    ['for statistics', { ...acting(), purpose: 'STATISTICS' as const }],
    ['for a purpose that the token does not allow', acting({ purposes: ['AUDIT'] })],
  ])('a caller %s registers nobody', async (_, who) => {
    expect((await register({}, who)).refusal?.code).toBe('NOT_FOUND');
    expect(await hub.store.load(persons, 'person-1')).toBeNull();
  });

  test('20 registrations of one ID number at once make one person with 20 local ids', async () => {
    const all = await Promise.all(
      Array.from({ length: 20 }, (_, i) => register({ idempotencyKey: `k${i}`, localId: `H-${i}` })),
    );
    expect(new Set(all.map(({ person }) => person?.id))).toEqual(new Set([all[0]?.person?.id]));
    const person = await hub.store.load(persons, all[0]?.person?.id ?? '');
    expect(activeLinks(person?.data.links ?? [])).toHaveLength(20);
  });
});

describe('conflicts', () => {
  const second = idNumber('1980-01-01', '022');

  test('one local id with two ID numbers: both persons stay, a human decides, nothing moves by itself', async () => {
    await register();
    const outcome = await register({ idempotencyKey: 'key-2', idNumber: second, name: '李芳' });
    expect(outcome.refusal).toEqual({ code: 'LINK_CONFLICT', path: ['localId'] });
    expect((await register({ idempotencyKey: 'key-2', idNumber: second, name: '李芳' })).refusal?.code).toBe(
      'LINK_CONFLICT',
    );
    const conflicts = await conflictsNow();
    expect(conflicts.map(({ data }) => data)).toMatchObject([
      { kind: 'LOCAL_ID_OF_TWO_PERSONS', localId: 'H-1', personIds: ['person-1', 'person-2'], decision: null },
    ]);
    expect(await holder('H-1')).toBe('person-1');
  });

  test.each([
    ['SEX', { sex: 'FEMALE' as const, birthDate: '2011-03-05' }],
    ['BIRTH_DATE', { sex: 'MALE' as const, birthDate: '2012' }],
  ])('two accounts of %s for one local id are a conflict', async (kind, changes) => {
    await register();
    const outcome = await register({ ...changes, idempotencyKey: 'key-2', idNumber: null });
    expect(outcome.refusal?.code).toBe('LINK_CONFLICT');
    expect((await conflictsNow()).map(({ data }) => data)).toMatchObject([{ kind, personIds: ['person-1'] }]);
  });

  test.each([
    ['the second', 'person-2', 'person-2'],
    ['the first', 'person-1', 'person-1'],
    ['nobody', null, null],
  ])('the decision for %s moves the local id there, and holds when repeated', async (_, personId, expected) => {
    await register();
    await register({ idempotencyKey: 'key-2', idNumber: second, name: '李芳' });
    const [conflict] = await conflictsNow();
    const decision = { conflictId: conflict?.id ?? '', personId, reason: 'seen at the desk' };
    expect((await resolveLinkConflict(hub, acting(), decision)).refusal).toBeNull();
    expect(await holder('H-1')).toBe(expected);
    expect(await conflictsNow()).toEqual([]);
    expect((await resolveLinkConflict(hub, acting(), decision)).conflict?.data.decision?.applied).toBe(true);
    const other = { ...decision, personId: personId === null ? 'person-1' : null };
    expect((await resolveLinkConflict(hub, acting(), other)).refusal).toEqual({ code: 'INVALID', path: ['personId'] });
  });

  test('a decision that was cut off half-way is completed by the same call', async () => {
    await register();
    await register({ idempotencyKey: 'key-2', idNumber: second, name: '李芳' });
    const [conflict] = await conflictsNow();
    if (conflict === undefined) throw new Error('no conflict was recorded');
    const { id, version } = conflict;
    const decision = { personId: 'person-2', by: 'worker-1', at: '2026-11-20T00:00:00Z', reason: 'r', applied: false };
    await hub.store.save(linkConflicts, { id, data: { ...conflict.data, decision }, expectedVersion: version });
    await resolveLinkConflict(hub, acting(), { conflictId: id, personId: 'person-2', reason: 'r' });
    expect([await holder('H-1'), await conflictsNow()]).toEqual(['person-2', []]);
  });

  test.each([
    ['another department', acting({ department: 'EDUCATION' })],
    ['another district', acting({ division: OTHER_DISTRICT })],
    ['a town', acting({ division: TOWN })],
  ])('%s cannot decide it, and cannot tell that it is there', async (_, who) => {
    await register();
    await register({ idempotencyKey: 'key-2', idNumber: second, name: '李芳' });
    const [conflict] = await conflictsNow();
    const decision = { conflictId: conflict?.id ?? '', personId: 'person-2', reason: 'r' };
    const unknown = await resolveLinkConflict(hub, acting(), { ...decision, conflictId: 'unknown' });
    expect(await resolveLinkConflict(hub, who, decision)).toEqual(unknown);
  });
});

describe('linkPerson and undoLink', () => {
  const local = { personId: 'person-1', localId: 'H-2', evidence: 'MANUAL' as const };

  test('a link is made once, undone with its record kept, and can be made again', async () => {
    await register();
    await linkPerson(hub, acting(), local);
    const twice = await linkPerson(hub, acting(), local);
    expect(twice.person?.data.links).toHaveLength(2);
    const undone = await undoLink(hub, acting(), { ...local, reason: 'wrong person' });
    expect(undone.person?.data.links[1]).toMatchObject({ unlinkedBy: 'worker-1', unlinkReason: 'wrong person' });
    expect(await holder('H-2')).toBeNull();
    expect((await undoLink(hub, acting(), { ...local, reason: 'again' })).person?.version).toBe(undone.person?.version);
    const again = await linkPerson(hub, acting(), local);
    expect(again.person?.data.links).toHaveLength(3);
  });

  test('a local id of somebody else is a conflict, and stays where it is', async () => {
    await register();
    await register({ idempotencyKey: 'k2', idNumber: idNumber('1980-01-01', '022'), localId: 'H-2' });
    expect((await linkPerson(hub, acting(), local)).refusal).toEqual({ code: 'LINK_CONFLICT', path: ['localId'] });
    expect([await holder('H-2'), (await conflictsNow()).length]).toEqual(['person-2', 1]);
  });

  test('case 26: another district’s unit of the department neither registers under, nor undoes, nor lists what is not its own', async () => {
    await register();
    const away = acting({ division: OTHER_DISTRICT });
    expect((await register({ idempotencyKey: 'k2' }, away)).refusal).toEqual({ code: 'NOT_FOUND', path: ['localId'] });
    expect((await undoLink(hub, away, { ...local, localId: 'H-1', reason: 'r' })).refusal?.code).toBe('NOT_FOUND');
    expect(await holder('H-1')).toBe('person-1');
    await register({ idempotencyKey: 'k3', idNumber: idNumber('1980-01-01', '022') });
    expect((await openConflicts(hub.store, away, { first: 9, after: null })).items).toEqual([]);
    expect((await openConflicts(hub.store, acting(), { first: 9, after: null })).items).toHaveLength(1);
  });

  test('a department links and undoes under its own name only', async () => {
    await register();
    await linkPerson(hub, school(), { ...local, localId: 'H-1' });
    expect([await holder('H-1', 'EDUCATION'), await holder('H-1')]).toEqual(['person-1', 'person-1']);
    await undoLink(hub, school(), { ...local, localId: 'H-1', reason: 'r' });
    expect([await holder('H-1', 'EDUCATION'), await holder('H-1')]).toEqual([null, 'person-1']);
    expect((await undoLink(hub, school(), { ...local, localId: 'X', reason: 'r' })).refusal?.code).toBe('NOT_FOUND');
  });
});
