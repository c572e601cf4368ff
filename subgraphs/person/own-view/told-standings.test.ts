import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { departments, link } from '../person-fixtures.ts';
import { persons } from '../person.ts';
import { own } from '../trust.fixture.ts';
import { hubWithLog, looked, seenBy } from './own-log.fixture.ts';

let hub: Awaited<ReturnType<typeof hubWithLog>>;
beforeEach(async () => {
  hub = await hubWithLog();
});
afterEach(() => hub.close());

const MATTER = { by: 'matter', visible: false, shown: {} };
const CONFLICT = { coordinates: [['LinkConflict.id', 'Query.linkConflicts']] };

test('a department whose only record is sealed stands in neither view: with its link all is as without', async () => {
  const seen = async (as: ReturnType<typeof own>) => {
    const { data } = await hub.ask('{ whoCanSee(personId: "ward") { department categories text { zh en } } }', {}, as);
    return [data.whoCanSee, await hub.log(as, { personId: 'ward' })];
  };
  await hub.write(looked('r1'));
  const readers = [own('father'), own('ward')];
  const before = await Promise.all(readers.map(seen));
  const found = await hub.store.load(persons, 'ward');
  if (found === null) throw new Error('no ward');
  const sealers = departments.filter(({ categories }) => categories.some(({ sealable }) => sealable));
  expect(sealers.map(({ code }) => code)).toEqual(['JUSTICE', 'WOMENS_FEDERATION']);
  const links = sealers.map(({ code }) => link({ department: code, localId: `${code}-1` }));
  const data = { ...found.data, links: [...found.data.links, ...links] };
  await hub.store.save(persons, { id: 'ward', data, expectedVersion: found.version });
  const ownRecord = { basis: 'OWN_RECORD', ground: null };
  for (const department of sealers) {
    const as = { actor: seenBy(department) };
    const shown = (names: readonly { name: string }[]) =>
      Object.fromEntries(names.map(({ name }) => [name, ownRecord]));
    const sealable = department.categories.filter((one) => one.sealable);
    await hub.write(
      looked(`${department.code}-sealable`, as, { shown: shown(sealable) }),
      looked(`${department.code}-all`, as, { shown: shown(department.categories) }),
      looked(`${department.code}-base-data`, as, { shown: {} }),
      // That a local id of theirs is claimed by two persons tells of a record; so does any look by which they see the person.
      looked(`${department.code}-conflict`, { ...as, ...CONFLICT }, MATTER),
      looked(`${department.code}-consents`, { ...as, coordinates: [['Query.consents']] }, { shown: {} }),
    );
  }
  expect(await Promise.all(readers.map(seen))).toEqual(before);
});

test('what such a department saw of others’ records is told, and that it asked in vain or dealt with a request; other departments’ own looks too', async () => {
  const federation = departments.find(({ code }) => code === 'WOMENS_FEDERATION');
  const health = departments.find(({ code }) => code === 'HEALTH');
  if (federation === undefined || health === undefined) throw new Error('no such department');
  const ownRecord = { basis: 'OWN_RECORD', ground: null };
  const byConsent = { basis: 'CONSENT', ground: 'consent:c' };
  await hub.write(
    looked('own', { actor: seenBy(health) }, { shown: { 'health:visits': ownRecord } }),
    looked(
      'both',
      { actor: seenBy(federation) },
      { shown: { 'womens-federation:rights-case': ownRecord, 'health:visits': byConsent } },
    ),
    looked('request', { actor: seenBy(federation), coordinates: [['Query.dataRequests']] }, MATTER),
    looked('vain', { actor: seenBy(federation) }, { visible: false, shown: {}, coordinates: null }),
  );
  const nodes = (await hub.log()).edges.map(({ node }: { node: object }) => node);
  expect(nodes).toMatchObject([
    { department: 'HEALTH', answered: true, categories: ['health:visits'], bases: ['OWN_RECORD'] },
    { department: 'WOMENS_FEDERATION', answered: true, categories: ['health:visits'], bases: ['CONSENT'] },
    { department: 'WOMENS_FEDERATION', answered: true, categories: [] },
    { department: 'WOMENS_FEDERATION', answered: false, categories: [] },
  ]);
});

test('a referral is told as one, by no id of the hub, once; of a report not even that', async () => {
  const of = (basis: string, ground: string) => ({
    ...MATTER,
    coordinates: 0,
    shown: { 'hub:referrals:0mk-1': { basis, ground } },
  });
  const root = { coordinates: [['Query.referral', 'Referral.reason']] };
  await hub.write(looked('r1', root, of('REFERRAL', 'referral:0mk-1')));
  await hub.write(looked('r2', root, { ...of('MANDATORY_REPORT', 'report:0mk-1'), ofReport: true }));
  const { data } = await hub.ask('{ myAccessLog { edges { node { categories text { zh } } } } }', {}, own('ward'));
  const told = data.myAccessLog.edges.map(({ node }: { node: object }) => node);
  expect(told.map(({ categories }: { categories: string[] }) => categories).toSorted()).toEqual([
    [],
    ['hub:referrals'],
  ]);
  expect(JSON.stringify(told)).not.toContain('hub:referrals:');
  expect(JSON.stringify(told).match(/看到：转介[^、]/g)).toHaveLength(1);
});
