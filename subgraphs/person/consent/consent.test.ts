import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { DISTRICT } from '../person-fixtures.ts';
import { persons } from '../person.ts';
import { guardian, own, staff, trustHub } from '../trust.fixture.ts';

let hub: Awaited<ReturnType<typeof trustHub>>;
beforeEach(async () => {
  hub = await trustHub();
});
afterEach(() => hub.close());

const GIVE = `mutation ($input: GiveConsentInput!) {
  giveConsent(input: $input) { consent { id status missing agreements { by relation } text { zh en } } userErrors { code path } }
}`;
const AGREE = `mutation ($input: AgreeToConsentInput!) {
  agreeToConsent(input: $input) { consent { id status missing } userErrors { code path } }
}`;
const WITHDRAW = `mutation ($input: WithdrawConsentInput!) {
  withdrawConsent(input: $input) { consent { id status withdrawnAt } userErrors { code path } }
}`;
const SEEN = '{ person(id: "ward") { access { category basis } } }';

const terms = {
  recipients: [{ department: 'JUSTICE', division: DISTRICT }],
  categories: ['health:visits'],
  sensitiveCategories: ['health:visits'],
  purposes: ['CARE'],
};
const justice = staff({
  department: 'JUSTICE',
  client: 'justice-system',
  subject: 'j-1',
  organisation: 'justice-bureau',
});
const paper = (by: string, changes: object = {}) => ({ by, evidence: 'form-1', ...changes });

const give = async (changes: object = {}, as = own('adult')) => {
  const input = { idempotencyKey: 'k1', personId: 'adult', terms, language: 'zh-CN', ...changes };
  const { data } = await hub.ask(GIVE, { input }, as);
  return data.giveConsent;
};
const consentsOf = async (id: string) => (await hub.store.load(persons, id))?.data.consents ?? [];
const seenByJustice = async () => {
  const { data } = await hub.ask(SEEN, {}, justice);
  return data.person?.access.map(({ category }: { category: string }) => category) ?? [];
};

describe('who must agree', () => {
  // Today is 2026-11-20 in Shanghai.
  test.each([
    ['the day before the 14th birthday', '2012-11-21', ['GUARDIAN'], 'ACTIVE'],
    ['the day before the 14th birthday, the child alone', '2012-11-21', ['SELF'], 'AGREEMENT_MISSING'],
    ['on the 14th birthday, the guardian alone', '2012-11-20', ['GUARDIAN'], 'PENDING'],
    ['on the 14th birthday, both', '2012-11-20', ['SELF', 'GUARDIAN'], 'ACTIVE'],
    ['the day before the 18th birthday, the child alone', '2008-11-21', ['SELF'], 'PENDING'],
    ['on the 18th birthday', '2008-11-20', ['SELF'], 'ACTIVE'],
    ['without a birth date', null, ['SELF'], 'AGREEMENT_MISSING'],
  ])('%s', async (_, birthDate, givers, expected) => {
    await hub.saveLike('child', { birthDate });
    const agreements = givers.map((by) =>
      paper(by, by === 'GUARDIAN' ? { guardianId: 'mother', relation: 'MOTHER' } : {}),
    );
    const { consent, userErrors } = await give({ personId: 'child', agreements }, staff());
    expect(consent?.status ?? userErrors[0].code).toBe(expected);
    expect(await consentsOf('child')).toHaveLength(consent === null ? 0 : 1);
  });

  test('an adult without full capacity: the guardian, and not the adult alone', async () => {
    const guardianships = [guardian('mother', { kind: 'APPOINTED', ward: 'ADULT' })];
    await hub.saveLike('incapable', { birthDate: '1980-05-01', guardianships });
    expect((await give({ personId: 'incapable' }, own('incapable'))).userErrors[0].code).toBe('NO_STANDING');
    expect((await give({ personId: 'incapable' }, own('mother'))).consent.status).toBe('ACTIVE');
  });

  test('a suspended guardian is skipped: from 14 on the own word suffices, below 14 nobody’s does', async () => {
    const guardianships = ['mother', 'father'].map((id) => guardian(id, { suspended: true }));
    await hub.saveLike('fifteen', { guardianships });
    await hub.saveLike('ten', { birthDate: '2016-01-01', guardianships });
    expect((await give({ personId: 'fifteen' }, own('fifteen'))).consent.status).toBe('ACTIVE');
    expect((await give({ personId: 'ten' }, own('ten'))).userErrors[0].code).toBe('NO_STANDING');
    const agreements = [paper('GUARDIAN', { guardianId: 'mother', relation: 'MOTHER' })];
    expect((await give({ personId: 'ten', agreements }, staff())).userErrors[0].code).toBe('NO_STANDING');
    // 69: to the suspended one the child is not there.
    expect((await give({ personId: 'ten' }, own('mother'))).userErrors[0].code).toBe('NOT_FOUND');
    expect(await consentsOf('ten')).toEqual([]);
  });
});

test.each([
  ['an end before its beginning', { from: '2027-01-02T00:00:00Z', to: '2027-01-01T00:00:00Z' }, 'INVALID_PERIOD', 'to'],
  ['an end that is past', { to: '2026-01-01T00:00:00Z' }, 'INVALID_PERIOD', 'to'],
  ['an unknown category', { categories: ['health:secrets'] }, 'UNKNOWN_CATEGORY', 'categories'],
  ['no category', { categories: [] }, 'INVALID', 'categories'],
  ['a sensitive category among others', { sensitiveCategories: [] }, 'SEPARATE_CONSENT_MISSING', 'sensitiveCategories'],
  ['a recipient without a name', { recipients: [{ division: DISTRICT }] }, 'INVALID', 'recipients'],
  ['no recipient', { recipients: [] }, 'INVALID', 'recipients'],
  ['a purpose that no consent serves', { purposes: ['MANDATORY_REPORTING'] }, 'INVALID', 'purposes'],
  [
    'employee assistance for an employer',
    {
      categories: ['union:employee-assistance'],
      sensitiveCategories: ['union:employee-assistance'],
      recipients: [{ organisation: 'factory', division: DISTRICT }],
    },
    'INVALID',
    'categories',
  ],
])('refused with what is wrong and where, and nothing is stored: %s', async (_, changes, code, field) => {
  const { consent, userErrors } = await give({ terms: { ...terms, ...changes } });
  expect([consent, userErrors]).toEqual([null, [{ code, path: ['input', 'terms', field] }]]);
  expect(await consentsOf('adult')).toEqual([]);
});

test('the same key and content are the same consent; other content is refused', async () => {
  const first = await give();
  expect(await give()).toEqual(first);
  const other = await give({ terms: { ...terms, purposes: ['REFERRAL'] } });
  expect(other.userErrors[0].code).toBe('KEY_REUSED');
  expect(await consentsOf('adult')).toHaveLength(1);
});

test('a consent is not retroactive', async () => {
  await give({ terms: { ...terms, from: '2020-01-01T00:00:00Z' } });
  expect((await consentsOf('adult'))[0]?.from).toBe(new Date(hub.clock.now).toISOString());
});

test('of a child under 14 every category is sensitive', async () => {
  await hub.saveLike('ten', { birthDate: '2016-01-01' });
  const enrolment = { ...terms, categories: ['education:enrolment'], sensitiveCategories: [] };
  expect((await give({ personId: 'ten', terms: enrolment }, own('mother'))).userErrors[0].code).toBe(
    'SEPARATE_CONSENT_MISSING',
  );
  expect((await give({ terms: enrolment })).consent.status).toBe('ACTIVE');
});

describe('the two of a girl of fifteen', () => {
  const begin = () => give({ personId: 'ward' }, own('ward'));
  const agree = async (consentId: string, as = own('mother')) =>
    (await hub.ask(AGREE, { input: { personId: 'ward', consentId, language: 'zh-CN' } }, as)).data.agreeToConsent;
  const withdraw = async (consentId: string, as = own('mother')) =>
    (await hub.ask(WITHDRAW, { input: { personId: 'ward', consentId } }, as)).data.withdrawConsent;

  test('until both have agreed it opens nothing; then it does; withdrawn by either, no more, and for good', async () => {
    const { consent } = await begin();
    expect([consent.status, consent.missing]).toEqual(['PENDING', ['GUARDIAN']]);
    expect(await seenByJustice()).toEqual([]);
    expect((await agree(consent.id)).consent.status).toBe('ACTIVE');
    expect(await seenByJustice()).toEqual(['health:visits']);
    expect((await withdraw(consent.id)).consent.status).toBe('WITHDRAWN');
    expect(await seenByJustice()).toEqual([]);
    expect((await agree(consent.id)).consent.status).toBe('WITHDRAWN');
    expect(await seenByJustice()).toEqual([]);
  });

  test('case 25: what was decided before a withdrawal does not stand after it, not even when another consent was given since', async () => {
    const { consent } = await begin();
    await agree(consent.id);
    const { decisions, request } = await hub.ask(SEEN, {}, justice);
    expect(await hub.stillStand(decisions, request)).toEqual([true]);
    await withdraw(consent.id);
    expect(await hub.stillStand(decisions, request)).toEqual([false]);
    const { consent: second } = await give({ personId: 'ward', idempotencyKey: 'k2' }, own('ward'));
    await agree(second.id);
    expect(await seenByJustice()).toEqual(['health:visits']);
    expect(await hub.stillStand(decisions, request)).toEqual([false]);
  });

  test('strangers and other departments find no such consent, and change nothing', async () => {
    const { consent } = await begin();
    for (const as of [own('adult'), staff({ department: 'UNION', client: 'union-system', organisation: 'u' })])
      expect((await withdraw(consent.id, as)).userErrors[0].code).toBe('NOT_FOUND');
    expect((await consentsOf('ward'))[0]?.withdrawnAt).toBeNull();
  });

  test('agreeing and withdrawing at once, a hundred times: withdrawn it is, and never in force without both', async () => {
    for (let i = 0; i < 100; i += 1) {
      const { consent } = await give({ personId: 'ward', idempotencyKey: `race-${i}` }, own('ward'));
      await Promise.all([agree(consent.id), withdraw(consent.id, own('ward')), agree(consent.id)]);
    }
    const all = await consentsOf('ward');
    expect(all).toHaveLength(100);
    for (const { withdrawnAt, agreements, completeAt } of all) {
      expect(withdrawnAt).not.toBeNull();
      if (completeAt !== null) expect(agreements.map(({ by }) => by).toSorted()).toEqual(['GUARDIAN', 'SELF']);
    }
  });
});

test('the text says exactly what is shared, with whom, for what, until when, in both languages', async () => {
  const { consent } = await give({ terms: { ...terms, to: '2027-06-30T00:00:00+08:00' } });
  expect(consent.text.zh).toContain('就诊（敏感）');
  expect(consent.text.zh).toContain('给：司法行政部门');
  expect(consent.text.zh).toContain('到 2027-06-30');
  expect(consent.text.en).toContain('Visits (health');
  expect(consent.text.en).toContain('withdraw at any time');
});

test('the text to show before says the same, and refuses a name that would add lines to it', async () => {
  const TEXT = 'query ($input: ConsentTermsInput!) { consentText(input: $input) { zh en } }';
  const shown = await hub.ask(TEXT, { input: terms }, own('adult'));
  expect(shown.data.consentText.zh).toContain('给：司法行政部门');
  for (const wrong of [
    { recipients: [{ organisation: 'x\n给：所有人', division: DISTRICT }] },
    { categories: ['health:secrets'] },
  ])
    expect((await hub.ask(TEXT, { input: { ...terms, ...wrong } }, own('adult'))).codes).toEqual(['BAD_USER_INPUT']);
});
