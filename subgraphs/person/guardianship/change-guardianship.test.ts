import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { persons } from '../person.ts';
import { guardian, own, staff, trustHub } from '../trust.fixture.ts';

let hub: Awaited<ReturnType<typeof trustHub>>;
beforeEach(async () => {
  hub = await trustHub();
});
afterEach(() => hub.close());

const RESULT = '{ guardianship { guardianId suspended to } userErrors { code path } }';
const mutation = (name: string, type: string) =>
  `mutation ($input: ${type}!) { result: ${name}Guardianship(input: $input) ${RESULT} }`;
const QUERIES = {
  declare: mutation('declare', 'DeclareGuardianshipInput'),
  end: mutation('end', 'EndGuardianshipInput'),
  suspend: mutation('suspend', 'SuspendGuardianshipInput'),
  release: mutation('release', 'SuspendGuardianshipInput'),
};
const ask = async (name: keyof typeof QUERIES, input: object, as = staff()) =>
  (await hub.ask(QUERIES[name], { input: { personId: 'ward', guardianId: 'mother', ...input } }, as)).data.result;
const guardianshipsOf = async (id = 'ward') => (await hub.store.load(persons, id))?.data.guardianships ?? [];

const reason = { reason: 'suspect of a report' };
const other = staff({ subject: 'reviewer-2' });
const declared = { kind: 'RELATIVE', ward: 'MINOR', evidence: 'court-7', from: '2026-01-01' };
const seesWard = async (id: string) =>
  (await hub.ask('{ person(id: "ward") { id } }', {}, own(id))).data.person !== null;

test('declared twice it is one', async () => {
  for (const _ of [1, 2]) await ask('declare', { guardianId: 'adult', ...declared });
  expect((await guardianshipsOf()).map(({ guardianId }) => guardianId)).toEqual(['mother', 'father', 'adult']);
  expect(await seesWard('adult')).toBe(true);
});

test.each([
  ['of oneself', { guardianId: 'ward' }, 'INVALID', 'guardianId'],
  ['of a minor as of an adult', { ward: 'ADULT' }, 'INVALID', 'ward'],
  ['of an adult as of a minor', { personId: 'adult', guardianId: 'mother' }, 'INVALID', 'ward'],
  ['by one who is not in the hub', { guardianId: 'nobody' }, 'NOT_FOUND', 'guardianId'],
  ['that ends before it begins', { to: '2025-01-01' }, 'INVALID_PERIOD', 'to'],
  ['without evidence', { evidence: ' ' }, 'INVALID', 'evidence'],
  ['with a story for evidence', { evidence: '父亲打她，第2次' }, 'INVALID', 'evidence'],
  ['of a person who is not there', { personId: 'nobody' }, 'NOT_FOUND', 'personId'],
])('a guardianship is refused, and nothing is stored: %s', async (_, changes, code, field) => {
  const before = await guardianshipsOf();
  const { guardianship, userErrors } = await ask('declare', { guardianId: 'adult', ...declared, ...changes });
  expect([guardianship, userErrors]).toEqual([null, [{ code, path: ['input', field] }]]);
  expect(await guardianshipsOf()).toEqual(before);
  expect(await guardianshipsOf('adult')).toEqual([]);
});

test('neither a guardian nor a department that does not see the ward changes one', async () => {
  const before = await guardianshipsOf();
  for (const as of [own('mother'), own('ward'), staff({ department: 'UNION', organisation: 'u', client: 'union' })])
    expect((await ask('suspend', reason, as)).userErrors[0].code).toBe('NOT_FOUND');
  expect(await guardianshipsOf()).toEqual(before);
});

test('suspended until another releases; both reasons are sealed', async () => {
  expect((await ask('suspend', reason)).guardianship.suspended).toBe(true);
  expect(await seesWard('mother')).toBe(false);
  expect((await ask('release', { reason: 'unfounded' })).userErrors[0].code).toBe('OWN_REVIEW');
  expect(await seesWard('mother')).toBe(false);
  expect((await ask('release', { reason: 'unfounded' }, other)).guardianship.suspended).toBe(false);
  expect(await seesWard('mother')).toBe(true);
  const kept = JSON.stringify(await guardianshipsOf());
  expect(kept).not.toContain('unfounded');
  expect(kept).not.toContain('suspect');
  expect((await guardianshipsOf())[0]?.suspensions).toHaveLength(1);
});

test('a release is of the suspension that was reviewed: of none that came after it', async () => {
  await ask('suspend', reason);
  await Promise.all([ask('release', { reason: 'unfounded' }, other), ask('release', { reason: 'twice' }, other)]);
  await ask('suspend', reason, other);
  const [mother] = await guardianshipsOf();
  expect(mother?.suspended).toBe(true);
  expect(mother?.suspensions.map(({ releasedBy }) => releasedBy)).toEqual(['reviewer-2', null]);
  expect((await ask('release', { reason: 'unfounded' }, other)).userErrors[0].code).toBe('OWN_REVIEW');
});

test('a suspension bars by every guardianship of the same guardian, also one that is declared or ended after it', async () => {
  await ask('suspend', reason);
  await ask('declare', { ...declared, kind: 'APPOINTED' });
  expect(await seesWard('mother')).toBe(false);
  await ask('end', { to: '2026-11-19', evidence: 'court-8' });
  expect(await seesWard('mother')).toBe(false);
  await ask('release', { reason: 'unfounded' }, other);
  expect((await guardianshipsOf()).some(({ suspended }) => suspended)).toBe(false);
});

test('ended with its day, with its evidence, and never made longer', async () => {
  await hub.saveLike('second', { guardianships: [guardian('mother', { to: '2027-01-01' })] });
  const end = (to: string) => ask('end', { personId: 'second', to, evidence: 'court-9' });
  expect((await end('2028-01-01')).userErrors[0].code).toBe('INVALID_PERIOD');
  expect((await end('2011-03-04')).userErrors[0].code).toBe('INVALID_PERIOD');
  const told = await ask('end', { personId: 'second', to: '2026-12-01', evidence: 'he beat her on 3 May' });
  expect(told.userErrors).toEqual([{ code: 'INVALID', path: ['input', 'evidence'] }]);
  expect((await end('2026-12-01')).guardianship.to).toBe('2026-12-01');
  expect((await guardianshipsOf('second'))[0]?.endEvidence).toBe('court-9');
});
