import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Store } from '../../adapters/store/port.ts';
import { idNumberHash } from '../person/id-number-hash.ts';
import { idNumber, person } from '../person/person-fixtures.ts';
import { idHashKey, persons } from '../person/person.ts';
import { guardian, PEPPER } from '../person/trust.fixture.ts';
import type { HubRequest } from '../shared/hub-request.ts';
import { at, type Hub, type PartyId, referralHub, wardWith } from './referral.fixture.ts';

/** Takes no referral. */
const dying = (store: Store): Store => ({
  ...store,
  save: async (collection, change) =>
    collection.name === 'referral' ? Promise.reject(new Error('died')) : store.save(collection, change),
});

let hub: Hub;
beforeEach(async () => {
  hub = await referralHub();
  await wardWith(hub, { idHash: idNumberHash(PEPPER)(idNumber()) });
});
afterEach(() => hub.close());

const WARD = { idNumber: idNumber(), name: '王小明' };
/** Nobody of the hub; as old and of the same sex. */
const STRANGER = { idNumber: idNumber('2011-03-05', '033'), name: '李小明' };
const MISNAMED = { ...WARD, name: '赵小明' };

/** By a client of its own, so that no other's tries count. */
const sender = (party: PartyId, changes: Parameters<typeof at>[1] = {}): HubRequest =>
  at(party, { client: `${party}-system`, ...changes });
const reporter = (party: PartyId): HubRequest => sender(party, { purpose: 'MANDATORY_REPORTING' });
const police = reporter('police');

const byNumber = (given: object, changes: object = {}) => ({
  personId: undefined,
  person: given,
  categories: [],
  consentId: 'to-health',
  ...changes,
});
const report = (given: object, changes: object = {}) =>
  byNumber(given, {
    kind: 'MANDATORY_REPORT',
    reasonCode: 'HARM_TO_MINOR',
    target: { organisation: 'police' },
    consentId: undefined,
    ...changes,
  });

/** What the maker of a referral is told, without what is new with each. */
function told({ referral, codes }: Awaited<ReturnType<Hub['create']>>) {
  if (referral === null) return { referral, codes };
  const { id: _id, clocks, ...rest } = referral;
  return { referral: { ...rest, clocks: clocks.map(({ step }: { step: string }) => step) }, codes };
}

const PARTIES: readonly PartyId[] = [
  'police',
  'committee',
  'community-committee',
  'governance-centre',
  'disability-federation',
  'employment-service',
  'social-work-station',
  'petitions',
];

describe('each party without a department', () => {
  test.each(PARTIES)('%s reports harm to a child whom it has no record of', async (party) => {
    const target = { organisation: party === 'police' ? 'civil-affairs-bureau' : 'police' };
    const { referral, codes } = await hub.create(report(WARD, { target }), reporter(party));
    expect([codes, referral.state, referral.basis]).toEqual([[], 'REQUESTED', 'MANDATORY_REPORT']);
    const recipient = at(target.organisation, { purpose: 'MANDATORY_REPORTING' });
    expect(await hub.sees(recipient)).not.toBeNull();
    await hub.move('acceptReferral', referral.id, recipient);
    expect((await hub.look(referral.id, recipient)).subject).toEqual({ id: 'ward' });
  });
  test.each(PARTIES)('%s refers on a consent that is there', async (party) => {
    const { referral, codes } = await hub.create(byNumber(WARD), sender(party));
    expect([codes, referral.state, referral.basis]).toEqual([[], 'REQUESTED', 'CONSENT']);
    await hub.move('acceptReferral', referral.id, at('clinic'));
    expect((await hub.look(referral.id, at('clinic'))).subject).toEqual({ id: 'ward' });
  });
  test.each<[PartyId, string]>([
    ['committee', 'TWO_WAY_UP'],
    ['community-committee', 'TWO_WAY_UP'],
    ['social-work-station', 'TWO_WAY_UP'],
    ['disability-federation', 'TWO_WAY_UP'],
    ['governance-centre', 'MEDIATION_SUPPORT'],
  ])('%s, which may refer by %s, does so by number too', async (party, kind) => {
    const { referral, codes } = await hub.create(byNumber(WARD, { kind }), sender(party));
    expect([codes, referral.kind, referral.basis, referral.subject]).toEqual([[], kind, 'CONSENT', null]);
  });
});

describe('a report by number', () => {
  test.each([
    ['whom the hub knows', WARD],
    ['of another name than the hub has', MISNAMED],
  ])('of somebody %s is answered as one of somebody unknown', async (_, given) => {
    const answer = told(await hub.create(report(given), reporter('committee')));
    const unknown = told(await hub.create(report(STRANGER), reporter('community-committee')));
    const own = { requester: { organisation: { id: 'community-committee' } } };
    expect({ ...answer, referral: { ...answer.referral, ...own } }).toEqual(unknown);
    expect(answer.referral).toMatchObject({ subject: null, division: null, ageBand: 'FROM_14_TO_17' });
  });
  test('registers whom nobody knew, without a link, once; the recipient finds them', async () => {
    const first = await hub.create(report(STRANGER), reporter('committee'));
    const second = await hub.create(report(STRANGER), reporter('governance-centre'));
    for (const { referral } of [first, second]) await hub.move('acceptReferral', referral.id, police);
    const { id } = (await hub.look(first.referral.id, police)).subject;
    expect((await hub.look(second.referral.id, police)).subject).toEqual({ id });
    const found = await hub.store.load(persons, id);
    expect(found?.data).toMatchObject({
      name: '李小明',
      sex: 'MALE',
      birthDate: '2011-03-05',
      links: [],
      consents: [],
    });
    expect(await hub.sees(reporter('committee'), id)).toBeNull();
  });
  test('of another name leaves whom the hub knows alone', async () => {
    const { referral } = await hub.create(report(MISNAMED), reporter('committee'));
    await hub.move('acceptReferral', referral.id, police);
    const { id } = (await hub.look(referral.id, police)).subject;
    expect(id).not.toBe('ward');
    expect((await hub.store.load(persons, id))?.data).toMatchObject({ name: '赵小明', idHash: null });
  });
  test('of a name that nobody checked keeps no department from registering the child by the right one', async () => {
    const { referral } = await hub.create(report({ ...STRANGER, name: '李晓明' }), reporter('committee'));
    const register =
      'mutation ($input: RegisterPersonInput!) { registerPerson(input: $input) { created person { id } userErrors { code } } }';
    const input = {
      idempotencyKey: 'r',
      ...STRANGER,
      division: '990101002',
      localId: 'H-77',
      basisReference: '门诊-2026-11-20-77',
    };
    const registered = async (changes: object) =>
      (await hub.trust.ask(register, { input: { ...input, ...changes } }, at('clinic', { purpose: 'CARE' }))).data
        .registerPerson;
    const { created, person: found, userErrors } = await registered({});
    expect([created, userErrors]).toEqual([true, []]);
    await hub.move('acceptReferral', referral.id, police);
    expect((await hub.look(referral.id, police)).subject).toEqual(found);
    expect((await hub.store.load(persons, found.id))?.data).toMatchObject({ name: '李小明', division: '990101002' });
    const misnamed = await registered({ idempotencyKey: 's', name: '李晓明', localId: 'H-78' });
    expect(misnamed.userErrors).toEqual([{ code: 'LINK_CONFLICT' }]);
  });
  test('opens nothing to the reporter', async () => {
    const { referral } = await hub.create(report(WARD), reporter('committee'));
    await hub.move('acceptReferral', referral.id, police);
    expect(await hub.look(referral.id, reporter('committee'))).toMatchObject({ subject: null, division: null });
    for (const purpose of ['CARE', 'REFERRAL', 'MANDATORY_REPORTING'] as const)
      expect(await hub.sees(sender('committee', { purpose }))).toBeNull();
  });
  test('by who has a record of the child tells them whom they know', async () => {
    const { referral } = await hub.create(report(WARD), reporter('school-7'));
    expect(referral.subject).toEqual({ id: 'ward' });
  });
  test('the same key again is the same report and the same person', async () => {
    const input = report(STRANGER, { idempotencyKey: 'once' });
    const [one, other] = await Promise.all([
      hub.create(input, reporter('committee')),
      hub.create(input, reporter('committee')),
    ]);
    expect(one.referral.id).toBe(other.referral.id);
    expect((await hub.create(report(WARD, { idempotencyKey: 'once' }), reporter('committee'))).codes).toEqual([
      'KEY_REUSED',
    ]);
  });
  test('whose key broke off after its person is about nobody else', async () => {
    await hub.restart(dying(hub.store));
    const input = report(STRANGER, { idempotencyKey: 'once' });
    await expect(hub.create(input, reporter('committee'))).rejects.toThrow('createReferral');
    await hub.restart();
    const other = { idNumber: idNumber('2012-04-06', '051'), name: '周小红' };
    const reused = await hub.create(report(other, { idempotencyKey: 'once' }), reporter('committee'));
    expect([reused.referral, reused.userErrors]).toMatchObject([
      null,
      [{ code: 'KEY_REUSED', path: ['input', 'idempotencyKey'] }],
    ]);
    expect((await hub.create(input, reporter('committee'))).codes).toEqual([]);
  });
  test.each(['·', ' ・.'])('of somebody of the name "%s" is none', async (name) => {
    for (const given of [WARD, STRANGER])
      expect((await hub.create(report({ ...given, name }), reporter('committee'))).codes).toEqual(['INVALID']);
  });
  test.each([
    ['WORK', ['BASIS_MISSING']],
    ['DOMESTIC_VIOLENCE', []],
  ])('of an adult for %s: known or not, under guardianship or not, alike', async (reasonCode, expected) => {
    const number = idNumber('1980-05-01');
    const adult = { idNumber: number, name: '王小明' };
    const other = { idNumber: idNumber('1980-05-01', '033'), name: '王小明' };
    const guardianships = [guardian('mother', { ward: 'ADULT' })];
    const ward = person({ birthDate: '1980-05-01', guardianships, idHash: idNumberHash(PEPPER)(number) });
    await hub.store.save(persons, { id: 'adult-ward', data: ward, expectedVersion: 0 });
    for (const given of [adult, other])
      expect((await hub.create(report(given, { reasonCode }), reporter('committee'))).codes).toEqual(expected);
  });
});

describe('a referral by number', () => {
  const refused = async (given: object, changes: object = {}, as = sender('committee')) =>
    (await hub.create(byNumber(given, changes), as)).codes;

  test('unknown, of another name and on no such consent are refused alike, and nobody is registered', async () => {
    const elsewhere = { target: { organisation: 'mediators' } };
    const tries = [
      await refused(STRANGER),
      await refused(MISNAMED),
      await refused(WARD, elsewhere),
      await refused(WARD, { consentId: 'another' }),
    ];
    expect(tries).toEqual(tries.map(() => ['BASIS_MISSING']));
    const key = idHashKey(idNumberHash(PEPPER)(STRANGER.idNumber) ?? '');
    expect(await hub.store.findByKey(persons, key)).toBeNull();
  });
  test('of a name that says none is none', async () => {
    for (const given of [WARD, STRANGER]) expect(await refused({ ...given, name: '·' })).toEqual(['INVALID']);
  });
  test.each([
    ['by a department', {}, 'INVALID', 'school-7'],
    [
      'of a kind that is between hospital and community',
      { kind: 'MEDIATION_SUPPORT' },
      'PARTIES_DO_NOT_FIT',
      'committee',
    ],
    ['of a kind that takes a hub id', { kind: 'GREEN_CHANNEL' }, 'INVALID', 'committee'],
    ['that does not name its consent', { consentId: undefined }, 'INVALID', 'committee'],
    ['with a hub id beside it', { personId: 'ward' }, 'INVALID', 'committee'],
    ['with categories that nobody saw', { categories: ['education:assessment'] }, 'CATEGORY_NOT_ALLOWED', 'committee'],
    ['that goes on from another', { basedOnId: 'some' }, 'INVALID', 'committee'],
  ])('%s is none', async (_, changes, code, party) => {
    for (const given of [WARD, STRANGER]) expect(await refused(given, changes, sender(party))).toEqual([code]);
  });
  test('without a person at all is none', async () =>
    expect((await hub.create({ personId: undefined }, sender('committee'))).codes).toEqual(['INVALID']));
  test('nothing shows to the sender in what the target does, either', async () => {
    const { referral } = await hub.create(byNumber(WARD), sender('committee'));
    await hub.move('rejectReferral', referral.id, at('clinic'), { code: 'OUT_OF_AREA' });
    const { rejection, subject } = await hub.look(referral.id, sender('committee'));
    expect([subject, rejection.nextServices.map((one: { consentCovers: boolean }) => one.consentCovers)]).toEqual([
      null,
      rejection.nextServices.map(() => null),
    ]);
    expect(rejection.nextServices).not.toEqual([]);
  });
});

test('numbers tried in referrals and in matching count together', async () => {
  const as = sender('committee');
  const match = 'query ($n: IDNumber!) { matchPerson(idNumber: $n) { id } }';
  for (let n = 0; n < 3; n += 1) await hub.create(byNumber(STRANGER), as);
  for (let n = 0; n < 2; n += 1) expect((await hub.trust.ask(match, { n: WARD.idNumber }, as)).codes).toEqual([]);
  await expect(hub.create(byNumber(STRANGER), as)).rejects.toThrow('LIMIT_EXCEEDED');
  expect((await hub.trust.ask(match, { n: WARD.idNumber }, as)).codes).toEqual(['LIMIT_EXCEEDED']);
  expect((await hub.create(byNumber(WARD), sender('police'))).codes).toEqual([]);
});

test('who treats a child by a referral reports by hub id, and sees no more by it', async () => {
  const toCommittee = { department: null, organisation: 'committee', team: null, division: '990101' };
  const { consents = [] } = (await hub.store.load(persons, 'ward'))?.data ?? {};
  const given = consents.map((one) => ({ ...one, id: 'to-committee', recipients: [toCommittee] }));
  await wardWith(hub, { consents: [...consents, ...given] });
  const served = (await hub.create({ target: { organisation: 'committee' }, categories: [] }, at('school-7'))).referral;
  const byId = {
    kind: 'MANDATORY_REPORT',
    reasonCode: 'HARM_TO_MINOR',
    categories: [],
    target: { organisation: 'police' },
  };
  await hub.move('acceptReferral', served.id, at('committee'));
  expect((await hub.create(byId, reporter('committee'))).codes).toEqual([]);
  expect(await hub.sees(reporter('committee'))).toBeNull();
  expect((await hub.create(byId, reporter('community-committee'))).codes).toEqual(['NOT_FOUND']);
});

test('the petition reception sends and never reads', async () => {
  const scopes = ['referral:write'];
  const reception = sender('petitions', { scopes });
  const { referral } = await hub.create(byNumber(WARD, { reason: '来访中谈及失眠' }), reception);
  expect(referral).toMatchObject({ version: 1, state: 'REQUESTED', reason: null, subject: null, requester: null });
  await hub.move('rejectReferral', referral.id, at('clinic'), { code: 'OTHER', reason: '已在本院就诊' });
  const closed = await hub.move('acknowledgeReferral', referral.id, reception, { expectedVersion: 2 });
  expect([closed.codes, closed.referral.state, closed.referral.rejection]).toEqual([[], 'REJECTED', null]);
});

test('who named somebody by number names another basis by its id as well, whether there is one or not', async () => {
  const committee = sender('committee');
  const { referral } = await hub.create(byNumber(WARD), committee);
  const stored = await hub.store.load(persons, 'ward');
  const [first] = stored?.data.consents ?? [];
  if (first === undefined) throw new Error('a consent');
  const ended = { ...first, withdrawnAt: '2026-11-20T04:00:00.000Z' };
  const name = async (consentId?: string) =>
    (await hub.move('nameReferralBasis', referral.id, committee, { consentId })).codes;
  await wardWith(hub, { consents: [ended] });
  expect(await name()).toEqual(['INVALID']);
  await wardWith(hub, { consents: [ended, { ...first, id: 'another' }] });
  expect(await name()).toEqual(['INVALID']);
  expect(await name('another')).toEqual([]);
});
