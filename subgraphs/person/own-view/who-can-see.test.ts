import { expect, test } from '@jest/globals';
import { departments, DISTRICT, NOW } from '../person-fixtures.ts';
import { persons } from '../person.ts';
import { own, trustHub } from '../trust.fixture.ts';

test('who can see: every department its own records, each recipient of a consent with its end, the guardians in one line', async () => {
  const hub = await trustHub();
  const { data } = await hub.ask('{ whoCanSee { department basis consentId text { zh en } } }', {}, own('ward'));
  expect(
    data.whoCanSee.map(({ department, basis }: { department: string; basis: string }) => [department, basis]),
  ).toEqual([...departments.map(({ code }) => [code, 'OWN_RECORD']), [null, 'SELF']]);
  await hub.close();
});

test.each([
  ['one of two guardians', ['mother']],
  ['each of them', ['mother', 'father']],
] as const)('that %s was suspended tells nobody who looks', async (_, suspended) => {
  const hub = await trustHub();
  const query = '{ whoCanSee { department basis categories text { zh en } } }';
  const seen = async () => (await hub.ask(query, {}, own('ward'))).data.whoCanSee;
  const before = await seen();
  const ward = await hub.store.load(persons, 'ward');
  if (ward === null) throw new Error('no ward');
  const guardianships = ward.data.guardianships.map((one) => ({
    ...one,
    suspended: suspended.some((id) => id === one.guardianId),
  }));
  await hub.store.save(persons, { id: 'ward', data: { ...ward.data, guardianships }, expectedVersion: ward.version });
  expect(await seen()).toEqual(before);
  await hub.close();
});

test('who can see by a referral is whom the rule itself lets see', async () => {
  const day = 86_400_000;
  const at = (ms: number) => new Date(NOW + ms).toISOString();
  const referral = {
    recipients: [{ department: 'JUSTICE', organisation: null, team: null, division: DISTRICT }],
    categories: ['health:visits'],
    acceptedAt: at(-20 * day),
    finishedAt: null,
    endedAt: null,
    consentId: null,
    until: null,
  };
  const referrals = [
    { ...referral, id: 'running', categories: ['health:diagnoses'] },
    { ...referral, id: 'lately-finished', finishedAt: at(-6 * day), categories: ['health:medication'] },
    { ...referral, id: 'finished', finishedAt: at(-8 * day) },
    { ...referral, id: 'not-accepted', acceptedAt: null },
    { ...referral, id: 'cancelled', endedAt: at(-day) },
    { ...referral, id: 'without-its-consent', consentId: 'withdrawn' },
    { ...referral, id: 'over', until: at(-1) },
  ];
  const other = await trustHub({
    sharedFacts: { ofPersons: async (ids) => ids.map(() => ({ referrals, reports: [] })) },
  });
  try {
    const { data } = await other.ask('{ whoCanSee { basis categories } }', {}, own('ward'));
    expect(data.whoCanSee.filter(({ basis }: { basis: string }) => basis === 'REFERRAL')).toEqual([
      { basis: 'REFERRAL', categories: ['health:diagnoses'] },
      { basis: 'REFERRAL', categories: ['health:medication'] },
    ]);
  } finally {
    await other.close();
  }
});
