import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Change, Collection } from '../../../adapters/store/port.ts';
import type { Agreement } from './consent.ts';
import { consentNeeds } from './consent-rules.ts';
import { DISTRICT } from '../person-fixtures.ts';
import { persons } from '../person.ts';
import { guardian, own, staff, trustHub } from '../trust.fixture.ts';

let hub: Awaited<ReturnType<typeof trustHub>>;
beforeEach(async () => {
  hub = await trustHub();
});
afterEach(() => hub.close());

const RESULT = '{ consent { id status missing } userErrors { code path } }';
const mutation = (name: string, type: string) =>
  `mutation ($input: ${type}!) { result: ${name}(input: $input) ${RESULT} }`;
const GIVE = mutation('giveConsent', 'GiveConsentInput');
const AGREE = mutation('agreeToConsent', 'AgreeToConsentInput');
const WITHDRAW = mutation('withdrawConsent', 'WithdrawConsentInput');
const SUSPEND = `mutation ($input: SuspendGuardianshipInput!) {
  result: suspendGuardianship(input: $input) { userErrors { code } }
}`;

const terms = {
  recipients: [{ department: 'JUSTICE', division: DISTRICT }],
  categories: ['health:visits'],
  sensitiveCategories: ['health:visits'],
  purposes: ['CARE'],
};
const language = 'zh-CN';
const asked = async (query: string, input: object, as = own('ward')) =>
  (await hub.ask(query, { input: { personId: 'ward', language, ...input } }, as)).data.result;
const give = (changes: object = {}, as = own('ward')) => asked(GIVE, { idempotencyKey: 'k1', terms, ...changes }, as);
const agree = (consentId: string, as = own('mother')) => asked(AGREE, { consentId }, as);
const withdraw = async (input: object, as: ReturnType<typeof staff>) =>
  (await hub.ask(WITHDRAW, { input: { personId: 'ward', ...input } }, as)).data.result;
const suspend = async (guardianId: string, as = staff()) =>
  (await hub.ask(SUSPEND, { input: { personId: 'ward', guardianId, reason: 'suspect of a report' } }, as)).data.result;
const wardNow = async (id = 'ward') => {
  const found = await hub.store.load(persons, id);
  if (found === null) throw new Error(`no ${id}`);
  return found.data;
};
const paper = (by: string, changes: object = {}) => ({ by, evidence: 'form-1', ...changes });

describe('a partial birth date', () => {
  const needs = (birthDate: string, day: string, guardianships = [guardian('mother')]) =>
    consentNeeds({ birthDate, guardianships, reports: [] }, Date.parse(`${day}T12:00:00+08:00`));

  test.each([
    ['2012', '2026-11-20', ['GUARDIAN', 'SELF'], true],
    ['2012', '2025-12-31', ['GUARDIAN'], true],
    ['2012', '2027-01-01', ['GUARDIAN', 'SELF'], false],
    ['2012-02', '2026-02-28', ['GUARDIAN', 'SELF'], true],
    ['2012-02-29', '2026-02-28', ['GUARDIAN'], true],
    ['2012-02-29', '2026-03-01', ['GUARDIAN', 'SELF'], false],
    ['2008-02-29', '2026-02-28', ['GUARDIAN', 'SELF'], false],
    ['2008-02-29', '2026-03-01', ['SELF'], false],
  ] as const)('%s on %s', (birthDate, day, givers, allSensitive) => {
    const found = needs(birthDate, day);
    expect([found?.needs.toSorted(), found?.allSensitive]).toEqual([givers, allSensitive]);
  });

  test('that leaves open whether this is a child drops no guardian who is suspended', () => {
    const suspended = [guardian('mother', { suspended: true })];
    expect(needs('2012', '2026-11-20', suspended)?.needs.toSorted()).toEqual(['GUARDIAN', 'SELF']);
    expect(needs('2012', '2027-01-01', suspended)?.needs).toEqual(['SELF']);
  });
});

test.each([
  ['an employer behind a team', { recipients: [{ organisation: 'factory', team: 't-1', division: DISTRICT }] }],
  ['a name that adds a line to the text', { recipients: [{ organisation: 'a\nWith: b', division: DISTRICT }] }],
])('refused, and nothing is stored: %s', async (_, changes) => {
  const categories = ['union:employee-assistance'];
  const { userErrors } = await give({
    terms: { ...terms, categories, sensitiveCategories: categories, ...changes },
  });
  expect(userErrors[0].code).toBe('INVALID');
  expect((await wardNow()).consents).toEqual([]);
});

test.each([
  ['one party twice', [paper('SELF'), paper('SELF')], 'INVALID'],
  ['a guardian of an adult who needs none', [paper('SELF'), paper('GUARDIAN', { relation: 'MOTHER' })], 'NO_STANDING'],
  ['evidence of nothing', [paper('SELF', { evidence: ' ' })], 'INVALID'],
  ['evidence in prose', [paper('SELF', { evidence: 'her husband beat her on 3 May' })], 'INVALID'],
  ['no paper', [], 'AGREEMENT_MISSING'],
])('a paper is refused, and nothing is stored: %s', async (_, agreements, code) => {
  const { userErrors } = await give({ personId: 'adult', agreements }, staff());
  expect(userErrors[0].code).toBe(code);
  expect((await wardNow('adult')).consents).toEqual([]);
});

test.each([
  ['a relation in prose', { relation: 'the stepfather, who is under suspicion' }, language],
  ['a language that is none', { relation: 'MOTHER' }, 'zh, as she cannot read'],
])('nor is prose kept anywhere else on a paper: %s', async (_, changes, given) => {
  const agreements = [paper('SELF'), paper('GUARDIAN', { guardianId: 'mother', ...changes })];
  expect((await give({ agreements, language: given }, staff())).userErrors[0].code).toBe('INVALID');
  expect((await wardNow()).consents).toEqual([]);
});

describe('who sees a consent at the console', () => {
  const atConsole = (department: string, organisation: string) =>
    staff({ client: 'hub-console', subject: `s-${department}`, department, organisation });
  const LIST = '{ consents(personId: "ward") { id } }';
  const seenBy = async (as: ReturnType<typeof staff>) => (await hub.ask(LIST, {}, as)).data.consents;

  test('a department that shares the client with the person, but is not named, neither sees nor withdraws', async () => {
    const { consent } = await give();
    const education = atConsole('EDUCATION', 'school');
    expect(await seenBy(education)).toEqual([]);
    expect((await withdraw({ consentId: consent.id, by: 'SELF' }, education)).userErrors[0].code).toBe('NOT_FOUND');
    expect((await wardNow()).consents[0]?.withdrawnAt).toBeNull();
  });

  test('the department that recorded it does', async () => {
    const education = atConsole('EDUCATION', 'school');
    const { consent } = await give({ agreements: [paper('SELF')] }, education);
    expect(await seenBy(education)).toEqual([{ id: consent.id }]);
    expect(await seenBy(staff())).toEqual([]);
  });
});

describe('a guardian who is suspended', () => {
  test('neither agrees nor withdraws, by no other guardianship and on no paper', async () => {
    const { consent } = await give();
    await suspend('mother');
    await suspend('father');
    for (const by of [() => agree(consent.id), () => withdraw({ consentId: consent.id }, own('mother'))])
      expect((await by()).userErrors[0].code).toBe('NOT_FOUND');
    const recorder = staff({ department: 'EDUCATION', client: 'education-system', organisation: 'school' });
    const second = await give({ idempotencyKey: 'k2', agreements: [paper('SELF')] }, recorder);
    expect(second.consent.status).toBe('ACTIVE');
    const onPaper = await withdraw({ consentId: second.consent.id, by: 'GUARDIAN' }, recorder);
    expect(onPaper.userErrors[0].code).toBe('NO_STANDING');
    expect((await wardNow()).consents.map(({ withdrawnAt }) => withdrawnAt)).toEqual([null, null]);
  });

  test('has agreed to nothing: what the father had agreed to asks the mother, and shows that it does', async () => {
    const { consent } = await give({}, own('father'));
    await suspend('father');
    const agreed = await agree(consent.id, own('ward'));
    expect([agreed.consent.status, agreed.consent.missing]).toEqual(['PENDING', ['GUARDIAN']]);
    const mine = await hub.ask('{ myConsents { missing } }', {}, own('ward'));
    expect(mine.data.myConsents).toEqual([{ missing: ['GUARDIAN'] }]);
    expect((await agree(consent.id, own('mother'))).consent.status).toBe('ACTIVE');
    expect((await wardNow()).consents[0]?.agreements.map(({ guardianId }) => guardianId)).toEqual([
      'father',
      null,
      'mother',
    ]);
  });

  test('so too the suspect of an open report, whom nobody suspended', async () => {
    let suspects: readonly string[] = [];
    const report = { id: 'R-1', recipients: [], categories: [], from: '2026-01-01T00:00:00Z', to: null };
    const reported = await trustHub({
      sharedFacts: { ofPersons: async (ids) => ids.map(() => ({ referrals: [], reports: [{ ...report, suspects }] })) },
    });
    try {
      const move = async (query: string, input: object, id: string) =>
        (await reported.ask(query, { input: { personId: 'ward', language, ...input } }, own(id))).data.result.consent;
      const { id } = await move(GIVE, { idempotencyKey: 'k1', terms }, 'father');
      suspects = ['father'];
      expect((await move(AGREE, { consentId: id }, 'ward')).missing).toEqual(['GUARDIAN']);
      expect((await move(AGREE, { consentId: id }, 'mother')).status).toBe('ACTIVE');
    } finally {
      await reported.close();
    }
  });

  test('on a paper that names no guardian: counts until the hub knows one', async () => {
    await hub.saveLike('second', { guardianships: [] });
    const unnamed = paper('GUARDIAN', { relation: 'FATHER' });
    const recorded = await asked(
      GIVE,
      { idempotencyKey: 'k1', personId: 'second', terms, agreements: [unnamed] },
      staff(),
    );
    expect(recorded.consent.missing).toEqual(['SELF']);
    const found = await hub.store.load(persons, 'second');
    if (found === null) throw new Error('no second');
    const data = { ...found.data, guardianships: [guardian('mother')] };
    await hub.store.save(persons, { id: 'second', data, expectedVersion: found.version });
    const agreed = await asked(AGREE, { personId: 'second', consentId: recorded.consent.id }, own('second'));
    expect(agreed.consent.missing).toEqual(['GUARDIAN']);
  });

  test('leaves a consent that waited to the own word, said again', async () => {
    const { consent } = await give();
    await suspend('mother');
    await suspend('father');
    expect((await agree(consent.id, own('ward'))).consent.status).toBe('ACTIVE');
  });

  test('between the read and the write of an agreement: the write is judged anew, and nothing is recorded', async () => {
    let meanwhile: (() => Promise<unknown>) | null = null;
    const slow = await trustHub({
      store: (store) => ({
        ...store,
        save: async <T>(collection: Collection<T>, change: Change<T>) => {
          const first = meanwhile;
          meanwhile = null;
          await first?.();
          return store.save(collection, change);
        },
      }),
    });
    const { store } = slow;
    try {
      const input = { personId: 'ward', language, idempotencyKey: 'k1', terms };
      const { consent } = (await slow.ask(GIVE, { input }, own('ward'))).data.result;
      meanwhile = async () => {
        const found = await store.load(persons, 'ward');
        if (found === null) throw new Error('no ward');
        const guardianships = found.data.guardianships.map((one) => ({ ...one, suspended: true }));
        const data = { ...found.data, guardianships };
        await store.save(persons, { id: 'ward', data, expectedVersion: found.version });
      };
      const agreeing = { personId: 'ward', consentId: consent.id, language };
      const { result } = (await slow.ask(AGREE, { input: agreeing }, own('mother'))).data;
      expect(result.userErrors[0].code).toBe('NOT_FOUND');
      expect((await store.load(persons, 'ward'))?.data.consents[0]?.agreements).toHaveLength(1);
    } finally {
      await slow.close();
    }
  });
});

test('two guardians at once: one agreement, in force once, a hundred times', async () => {
  for (let i = 0; i < 100; i += 1) {
    const { consent } = await give({ idempotencyKey: `k-${i}` });
    await Promise.all([agree(consent.id), agree(consent.id, own('father'))]);
  }
  for (const { agreements, completeAt } of (await wardNow()).consents) {
    expect(completeAt).not.toBeNull();
    expect(agreements.map(({ by }) => by)).toEqual(['SELF', 'GUARDIAN']);
  }
});

test('whatever the moves, a consent that is complete has all agreements that the table demanded', async () => {
  // A seeded walk: the same every time, and long enough to meet each move after each.
  let seed = 7;
  const pick = (count: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    // The low bits of such a generator repeat soon.
    return Math.floor(seed / 65_536) % count;
  };
  let complete = new Set<string>();
  for (let i = 0; i < 300; i += 1) {
    const before = await wardNow();
    const id = before.consents[pick(before.consents.length || 1)]?.id ?? 'none';
    const actor = own(['ward', 'mother', 'father', 'adult'][pick(4)] ?? 'ward');
    const moves = [
      () => give({ idempotencyKey: `k${i}` }, actor),
      () => agree(id, actor),
      () => agree(id, actor),
      () => (pick(4) === 0 ? withdraw({ consentId: id }, actor) : null),
      () => (i > 200 ? suspend(pick(2) === 0 ? 'mother' : 'father') : null),
    ];
    await moves[pick(moves.length)]?.();
    const after = await wardNow();
    const needs = consentNeeds({ ...after, reports: [] }, hub.clock.now)?.needs ?? ['SELF', 'GUARDIAN'];
    const acting = new Set<string | null>(
      after.guardianships.filter(({ suspended }) => !suspended).map(({ guardianId }) => guardianId),
    );
    const hasAgreed = (giver: string, agreements: readonly Agreement[]) =>
      agreements.some(({ by, guardianId }) => by === giver && (by === 'SELF' || acting.has(guardianId)));
    const completed = after.consents.filter(({ completeAt }) => completeAt !== null);
    for (const { id: fresh, agreements } of completed)
      if (!complete.has(fresh))
        expect([fresh, needs.every((giver) => hasAgreed(giver, agreements))]).toEqual([fresh, true]);
    complete = new Set(completed.map((one) => one.id));
  }
  expect(complete.size).toBeGreaterThan(10);
});
