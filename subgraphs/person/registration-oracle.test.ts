/** What an ID number alone must not get out of the hub: `docs/decisions/registration-as-an-oracle.md`. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { linkConflicts } from './link-conflict.ts';
import { openConflicts } from './open-conflicts.ts';
import { acting, idNumber, OTHER_DISTRICT, services, TOWN } from './person-fixtures.ts';
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
const prying = acting({ client: 'education-system-b', department: 'EDUCATION', division: OTHER_DISTRICT });
const guess = { idempotencyKey: 'key-b', name: '某某', localId: 'E-66' };

let hub: ReturnType<typeof services>;
beforeEach(async () => {
  hub = services();
  await registerPerson(hub, acting(), input());
});
afterEach(() => hub.store.close());
const pry = (changes: Partial<RegistrationInput> = {}) => registerPerson(hub, prying, input({ ...guess, ...changes }));
const conflicts = async () => (await openConflicts(hub.store, prying, { first: 9, after: null })).items;
const linked = async () => (await hub.store.load(persons, 'person-1'))?.data.links.map(({ localId }) => localId);

describe('an ID number with a name that is not the person’s', () => {
  test('gives neither the person nor a basis, and stands recorded for a human', async () => {
    expect(await pry()).toEqual({ person: null, refusal: { code: 'LINK_CONFLICT', path: ['localId'] } });
    expect(await linked()).toEqual(['H-1']);
    expect((await hub.store.countBy(linkConflicts, 'open')).get('EDUCATION')).toBe(1);
  });

  test('the conflict that it leaves names no person whom the department does not keep', async () => {
    await pry();
    expect((await conflicts()).map(({ data }) => [data.kind, data.localId, data.personIds])).toEqual([
      ['NAME', 'E-66', []],
    ]);
  });

  test('a local id of one’s own beside it is no way round', async () => {
    await pry({ idempotencyKey: 'key-own', idNumber: null });
    await pry();
    expect((await conflicts()).map(({ data }) => data.kind)).toEqual(['NAME']);
    expect(await linked()).toEqual(['H-1']);
  });

  test('deciding in one’s own favour is no way round either, until the person is one’s own', async () => {
    await pry();
    const [conflict] = await conflicts();
    const decision = { conflictId: conflict?.id ?? '', personId: 'person-1', reason: 'ours' };
    expect((await resolveLinkConflict(hub, prying, decision)).refusal).toEqual({ code: 'INVALID', path: ['personId'] });
    expect(await linked()).toEqual(['H-1']);
    await pry({ idempotencyKey: 'key-c', name: '王小明' });
    expect((await conflicts())[0]?.data.personIds).toEqual(['person-1']);
    expect((await resolveLinkConflict(hub, prying, decision)).refusal).toBeNull();
    expect([await linked(), await conflicts()]).toEqual([['H-1', 'E-66'], []]);
  });

  test('nobody’s: the conflict is closed and nothing is linked', async () => {
    await pry();
    const [conflict] = await conflicts();
    const decision = { conflictId: conflict?.id ?? '', personId: null, reason: 'typing error' };
    expect((await resolveLinkConflict(hub, prying, decision)).refusal).toBeNull();
    expect([await linked(), await conflicts()]).toEqual([['H-1'], []]);
  });
});

test('the name as another department writes it is the same name', async () => {
  const outcome = await pry({ name: ' 王　小明 ' });
  expect(outcome).toMatchObject({ person: { id: 'person-1' }, refusal: null });
});
