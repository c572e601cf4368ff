import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { subgraphSdl } from '../shared/subgraph-sdl.ts';
import { recordLinkConflict } from './link-conflict.ts';
import { DISTRICT } from './person-fixtures.ts';
import { own, staff, trustHub } from './trust.fixture.ts';

let hub: Awaited<ReturnType<typeof trustHub>>;
beforeEach(async () => {
  hub = await trustHub();
});
afterEach(() => hub.close());

const physician = staff({ subject: 'physician', division: '990102' }, 'CRISIS_RESPONSE');
const BEGIN = `mutation ($input: BeginEmergencyAccessInput!) { beginEmergencyAccess(input: $input) { emergencyAccess { id } } }`;
const emergency = { idempotencyKey: 'k', personId: 'ward', reason: '急诊：服药过量，意识不清，须核对正在服用的药物' };
const COPY = `mutation ($input: DataRequestInput!) { requestCopy(input: $input) { dataRequest { id } } }`;
const copy = { idempotencyKey: 'k', department: 'HEALTH', text: '我要一份' };
const GIVE = `mutation ($input: GiveConsentInput!) { giveConsent(input: $input) { userErrors { code } } }`;
const consent = {
  idempotencyKey: 'k',
  personId: 'ward',
  language: 'zh-CN',
  terms: {
    recipients: [{ department: 'JUSTICE', division: DISTRICT }],
    categories: ['education:enrolment'],
    sensitiveCategories: [],
    purposes: ['CARE'],
  },
};
const SUSPEND = `mutation ($input: SuspendGuardianshipInput!) { suspendGuardianship(input: $input) { userErrors { code } } }`;
const suspension = { personId: 'ward', guardianId: 'father', reason: '报告 R-1：涉嫌侵害' };

const mother = own('mother');
const QUERIES = {
  consents: ['{ consents(personId: "ward") { id } }', staff({ department: 'EDUCATION' })],
  emergencyReviews: ['{ emergencyReviews { edges { cursor } } }', staff({ department: null, subject: 'dpo' }, 'AUDIT')],
  dataRequests: ['{ dataRequests { edges { cursor } } }', staff()],
  linkConflicts: ['{ linkConflicts { edges { cursor } } }', staff()],
  myAccessLog: ['{ myAccessLog(personId: "ward") { edges { cursor } } }', mother],
  myConsents: ['{ myConsents(personId: "ward") { id } }', mother],
  whoCanSee: ['{ whoCanSee(personId: "ward") { basis } }', mother],
  myNotices: ['{ myNotices(personId: "ward") { id } }', mother],
  myDataRequests: ['{ myDataRequests(personId: "ward") { id } }', mother],
} as const;
/** They show a `Person`, which the walk over the answer finds, or are about nobody. */
const NOT_BESIDE = [
  'person',
  'persons',
  'personByLocalId',
  'matchPerson',
  'me',
  'myWards',
  'consentText',
  'emergencyFigures',
];

async function matters() {
  await hub.ask(BEGIN, { input: emergency }, physician);
  await hub.ask(COPY, { input: copy }, own('ward'));
  const finding = {
    kind: 'LOCAL_ID_OF_TWO_PERSONS',
    department: 'HEALTH',
    localId: 'H-9',
    division: DISTRICT,
  } as const;
  const at = new Date(hub.clock.now).toISOString();
  const by = { actor: null, request: null, purpose: null };
  await recordLinkConflict({ store: hub.store, by }, { ...finding, personIds: ['ward'], foundAt: at });
}

test.each(Object.entries(QUERIES))('case 62: %s notes whom it shows outside Person', async (name, [query, as]) => {
  await matters();
  const { decisions, codes } = await hub.ask(query, {}, as);
  expect(codes).toEqual([]);
  expect(decisions).toMatchObject([{ personId: 'ward', beside: [`Query.${name}`] }]);
});

test('every query of the person subgraph is one of those, or shows nothing of a person outside Person', () => {
  const query = /^type Query \{(.*?)^\}/ms.exec(subgraphSdl('person'))?.[1] ?? '';
  const roots = [...query.matchAll(/^ {2}(\w+)[(:]/gm)].map(([, name]) => name);
  expect(roots.toSorted()).toEqual([...Object.keys(QUERIES), ...NOT_BESIDE].toSorted());
});

test.each([
  ['beginEmergencyAccess', BEGIN, emergency, physician],
  ['requestCopy', COPY, copy, own('ward')],
  ['giveConsent', GIVE, consent, own('ward')],
  ['suspendGuardianship', SUSPEND, suspension, staff({ department: 'EDUCATION' })],
])('case 62: %s notes about whom it says something', async (name, mutation, input, as) => {
  const { decisions } = await hub.ask(mutation, { input }, as);
  expect(decisions).toMatchObject([{ personId: 'ward', beside: [`Mutation.${name}`] }]);
});

test.each(['consents', 'linkConflicts', 'myAccessLog', 'whoCanSee'] as const)(
  'a stranger to whom %s shows nothing is noted with nothing beside',
  async (name) => {
    await matters();
    const [query] = QUERIES[name];
    const { decisions } = await hub.ask(query, {}, own('adult'));
    expect(decisions.flatMap(({ beside }) => beside)).toEqual([]);
  },
);

test('case 69: what a guardian was shown of the ward does not stand once the guardian is suspended', async () => {
  const views = Object.values(QUERIES).filter(([, as]) => as === mother);
  const father = own('father');
  const made = await Promise.all(views.map(async ([query]) => (await hub.ask(query, {}, father)).decisions));
  const stands = async () => Promise.all(made.map(async (one) => hub.stillStand(one, father)));
  expect(await stands()).toEqual(made.map(() => [true]));
  await hub.ask(SUSPEND, { input: suspension }, staff({ department: 'EDUCATION' }));
  expect(await stands()).toEqual(made.map(() => [false]));
});

test('case 25: the consents that a recipient was shown do not stand once the one that let it see the person is withdrawn', async () => {
  const justice = staff({ department: 'JUSTICE', client: 'justice-system', organisation: 'justice-bureau' });
  const input = { ...consent, personId: 'adult', terms: { ...consent.terms } };
  const GIVEN = GIVE.replace('userErrors { code }', 'consent { id }');
  const { data } = await hub.ask(GIVEN, { input }, own('adult'));
  const { decisions } = await hub.ask('{ consents(personId: "adult") { id } }', {}, justice);
  expect(decisions).toMatchObject([{ visible: true, beside: ['Query.consents'] }]);
  expect(await hub.stillStand(decisions, justice)).toEqual([true]);
  const WITHDRAW = `mutation ($input: WithdrawConsentInput!) { withdrawConsent(input: $input) { userErrors { code } } }`;
  await hub.ask(WITHDRAW, { input: { personId: 'adult', consentId: data.giveConsent.consent.id } }, own('adult'));
  expect(await hub.stillStand(decisions, justice)).toEqual([false]);
});

test('of a matter nothing was decided about the person, so it stands whatever becomes of them', async () => {
  await matters();
  const [query, as] = QUERIES.dataRequests;
  const { decisions } = await hub.ask(query, {}, as);
  expect(decisions).toMatchObject([{ by: 'matter', visible: false }]);
  expect(await hub.stillStand(decisions, as)).toEqual([true]);
});
