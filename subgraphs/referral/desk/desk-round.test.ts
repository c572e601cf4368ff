import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { buildSchema, parse, validate } from 'graphql';
import type { ClerkAnswer } from '../../../e2e/systems/shared/referral-cases.ts';
import { SourceError } from '../../../adapters/shared/source-error.ts';
import { at } from '../referral.fixture.ts';
import { asSystem, type DeskHub, deskHub, LOCAL_ID } from './desk.fixture.ts';
import { CHANGES, LOCAL_IDS, moveDocument, OPEN, REFERRAL } from './hub-documents.ts';
import { DESK_MOVES } from './path-of-moves.ts';

let it: DeskHub;
beforeEach(async () => {
  it = await deskHub();
});
afterEach(() => it.close());

const clinic = at('clinic');
const created = async (changes: object = {}): Promise<string> => (await it.hub.create(changes)).referral.id;
const stateOf = async (id: string) => (await it.hub.look(id, clinic))?.state;
const heldOf = (id: string) => it.clerks.held().filter(({ referralId }) => referralId === id);
const setAside = () => it.told.filter(({ message }) => message === 'an answer was set aside').map(({ entry }) => entry);

test('every operation of the desk fits the published API', () => {
  const api = buildSchema(readFileSync(new URL('../../../schema/generated/api.graphql', import.meta.url), 'utf8'));
  const documents = [CHANGES, REFERRAL, LOCAL_IDS, OPEN, ...DESK_MOVES.map((move) => moveDocument(move))];
  expect(documents.flatMap((document) => validate(api, parse(document)))).toEqual([]);
});

test('a referral to the clinic is brought to the department, without reason, person or requester', async () => {
  const id = await created();
  expect(await it.round()).toMatchObject({ delivered: 1, answered: 0, failures: [] });
  const [entry, ...more] = heldOf(id);
  expect(more).toEqual([]);
  const taken = JSON.parse(entry?.taken ?? '{}');
  expect(taken).toMatchObject({ id, version: 1, state: 'REQUESTED', reasonCode: 'MOOD', organisation: 'clinic' });
  expect(Object.keys(taken).toSorted()).toEqual(
    ['ageBand', 'createdAt', 'division', 'id', 'kind', 'localIds', 'organisation', 'priority', 'reasonCode']
      .concat(['serviceId', 'state', 'version'])
      .toSorted(),
  );
  expect(entry?.taken).not.toMatch(/情绪低落|ward\b(?!-)|school-7|H-0042/);
  expect(it.asked).not.toContain('DeskPerson');
});

test('accepted there, it is accepted at the hub, and the department is told its own number of the person', async () => {
  const id = await created();
  await it.round();
  await it.clerks.answer(id, { state: 'ACCEPTED' });
  expect(await it.round()).toMatchObject({ answered: 1, delivered: 1 });
  expect(await stateOf(id)).toBe('ACCEPTED');
  expect(heldOf(id)[0]?.taken).toContain(LOCAL_ID);
});

test('the whole way: accepted, started, completed with advice, which the school reads', async () => {
  const id = await created();
  await it.round();
  for (const answer of [
    { state: 'ACCEPTED' },
    { state: 'IN_PROGRESS' },
    { state: 'COMPLETED', outcome: 'SERVED', text: '建议每月随访' },
  ] as const) {
    await it.clerks.answer(id, answer);
    await it.round();
    expect(await stateOf(id)).toBe(answer.state);
  }
  expect(await it.hub.look(id, at('school-7'))).toMatchObject({ outcome: 'SERVED', advice: '建议每月随访' });
});

test.each<[string, readonly ClerkAnswer[], string, number]>([
  ['only the last is seen', [{ state: 'COMPLETED', outcome: 'MOVED' }], 'COMPLETED', 4],
  ['out of order', [{ state: 'IN_PROGRESS' }, { state: 'ACCEPTED' }], 'IN_PROGRESS', 3],
  ['twice', [{ state: 'ACCEPTED' }, { state: 'ACCEPTED' }], 'ACCEPTED', 2],
  ['rejected', [{ state: 'REJECTED', rejection: 'AT_CAPACITY' }], 'REJECTED', 2],
  ['failed', [{ state: 'FAILED', text: '联系不上' }], 'FAILED', 4],
])('answers that come %s lead there, each move once', async (_, answers, state, version) => {
  const id = await created();
  await it.round();
  for (const answer of answers) await it.clerks.answer(id, answer);
  await it.round();
  it.forget();
  await it.round();
  expect(await it.hub.look(id, clinic)).toMatchObject({ state, version });
  expect(setAside()).toEqual([]);
});

test('started again from nothing, it delivers nothing twice and moves nothing twice', async () => {
  const id = await created();
  await it.round();
  await it.clerks.answer(id, { state: 'IN_PROGRESS' });
  await it.round();
  const before = await it.hub.look(id, clinic);
  it.forget();
  await it.round();
  expect(await it.hub.look(id, clinic)).toEqual(before);
  expect(heldOf(id)).toHaveLength(1);
});

test.each(['0mi9w3k2s-nobody', 'LOCAL-2026-17', '__proto__'])(
  'an answer to %s, which is no referral, is set aside, and those after it stand',
  async (strange) => {
    const id = await created();
    await it.clerks.answer(strange, { state: 'ACCEPTED' });
    await it.clerks.answer(id, { state: 'ACCEPTED' });
    await it.round();
    expect(setAside()).toEqual([{ department: 'HEALTH', state: 'ACCEPTED', why: 'NOT_OURS' }]);
    expect(await stateOf(id)).toBe('ACCEPTED');
  },
);

test('an answer to a referral of another department is set aside', async () => {
  await it.close();
  it = await deskHub({ organisation: 'civil-affairs-bureau', department: 'CIVIL_AFFAIRS' });
  const id = await created();
  await it.clerks.answer(id, { state: 'ACCEPTED' });
  await it.round();
  expect(setAside()).toMatchObject([{ why: 'NOT_OURS' }]);
  expect(await stateOf(id)).toBe('REQUESTED');
});

test('the department’s own outgoing referral is neither delivered to it nor answered by it', async () => {
  await it.close();
  it = await deskHub({ organisation: 'education-bureau', department: 'EDUCATION' });
  const id = await created();
  await it.clerks.answer(id, { state: 'ACCEPTED' });
  expect(await it.round()).toMatchObject({ delivered: 0, answered: 0 });
  expect(setAside()).toMatchObject([{ why: 'NOT_OURS' }]);
});

test('what the hub refuses is told by its code, and the answers after it are brought back', async () => {
  const [bad, good] = [await created(), await created({ kind: 'SERVICE', idempotencyKey: 'second' })];
  await it.round();
  await it.clerks.answer(bad, { state: 'FAILED' });
  await it.clerks.answer(good, { state: 'ACCEPTED' });
  await it.round();
  expect(setAside()).toMatchObject([{ referralId: bad, state: 'FAILED', why: 'REASON_MISSING' }]);
  expect(await stateOf(good)).toBe('ACCEPTED');
});

test('what the hub decided otherwise meanwhile is told, and stays as the hub has it', async () => {
  const id = await created();
  await it.round();
  await it.hub.move('acceptReferral', id, clinic);
  await it.clerks.answer(id, { state: 'REJECTED', rejection: 'AT_CAPACITY' });
  await it.round();
  expect(setAside()).toMatchObject([{ referralId: id, why: 'CONTRADICTS' }]);
  expect(await stateOf(id)).toBe('ACCEPTED');
});

test('somebody who is faster at the hub costs another look, not a wrong move', async () => {
  const id = await created();
  await it.round();
  await it.clerks.answer(id, { state: 'IN_PROGRESS' });
  it.meanwhile('DeskMove', () => it.hub.move('addReferralMessage', id, clinic, { text: '请携带病历' }));
  await it.round();
  expect(await it.hub.look(id, clinic)).toMatchObject({ state: 'IN_PROGRESS', messages: [{ kind: 'MESSAGE' }] });
});

test('an answer that was taken though the hub’s word got lost has one effect', async () => {
  const id = await created();
  await it.round();
  await it.clerks.answer(id, { state: 'ACCEPTED' });
  it.meanwhile('DeskMove', () => it.hub.move('acceptReferral', id, asSystem(), { idempotencyKey: `desk-${id}-1` }));
  await it.round();
  expect(await it.hub.look(id, clinic)).toMatchObject({ state: 'ACCEPTED', version: 2 });
});

test('the person who declines while the department accepts has the last word', async () => {
  const id = await created();
  await it.round();
  await it.clerks.answer(id, { state: 'ACCEPTED' });
  it.meanwhile('DeskMove', () => it.hub.move('cancelReferral', id, at('school-7')));
  await it.round();
  await it.round();
  expect(await stateOf(id)).toBe('CANCELLED');
  expect(JSON.parse(heldOf(id)[0]?.taken ?? '{}')).toMatchObject({ state: 'CANCELLED' });
});

test('a referral that ended is told to a department that has it, and to no other', async () => {
  const known = await created();
  await it.round();
  const never = await created();
  for (const id of [known, never]) await it.hub.move('cancelReferral', id, at('school-7'));
  await it.round();
  expect(JSON.parse(heldOf(known)[0]?.taken ?? '{}')).toMatchObject({ state: 'CANCELLED', localIds: [] });
  expect(heldOf(never)).toEqual([]);
});

test('a referral that the department refuses does not hold up the others', async () => {
  const [bad, good] = [await created(), await created({ idempotencyKey: 'good' })];
  it.clerks.refuse(bad);
  expect(await it.round()).toMatchObject({ delivered: 1, failures: [] });
  expect(heldOf(good)).toHaveLength(1);
  expect(it.told).toMatchObject([{ level: 'warn', entry: { referralId: bad, version: 1 } }]);
});

test('while the department is down nothing is lost: the cursors stay, and the next round does it', async () => {
  const id = await created();
  it.desk.break(new SourceError('SOURCE_UNAVAILABLE', { source: 'health', retryAfterMs: 1_800_000 }));
  const { failures } = await it.round();
  expect(failures.map(({ code }) => code)).toEqual(['SOURCE_UNAVAILABLE', 'SOURCE_UNAVAILABLE']);
  expect(it.state()).toMatchObject({ changes: null, answers: null });
  it.desk.break(null);
  expect(await it.round()).toMatchObject({ delivered: 1, failures: [] });
  expect(heldOf(id)).toHaveLength(1);
});

test('a mandatory report reaches the department that acts on it, under its own purpose', async () => {
  await it.close();
  it = await deskHub({ organisation: 'civil-affairs-bureau', department: 'CIVIL_AFFAIRS' });
  const report = {
    kind: 'MANDATORY_REPORT',
    reasonCode: 'HARM_TO_MINOR',
    categories: [],
    target: { organisation: 'civil-affairs-bureau' },
  };
  const { referral } = await it.hub.create(report, at('school-7', { purpose: 'MANDATORY_REPORTING' }));
  // The notice that it is overdue does not tell the kind, and so not the purpose.
  it.hub.clock.now += 2 * 3_600_000;
  await it.hub.runJobs();
  expect(await it.round()).toMatchObject({ delivered: 1 });
  await it.clerks.answer(referral.id, { state: 'ACCEPTED' });
  await it.round();
  const reporting = asSystem('MANDATORY_REPORTING', 'civil-affairs-bureau');
  expect((await it.hub.look(referral.id, reporting))?.state).toBe('ACCEPTED');
  expect(heldOf(referral.id)[0]?.taken).not.toContain('school-7');
});
