import { expect, test } from '@jest/globals';
import { audited, requestRecord } from '../../adapters/audit/audit.fixture.ts';
import type { AuditRecord } from '../../adapters/audit/port.ts';
import { link, person } from '../person/person-fixtures.ts';
import { auditor, subgraphOver } from './audit-subgraph.fixture.ts';

const [OURS, TOWN, CITY, OTHERS] = ['990101', '990101001', '990100', '990202'];
const people = {
  'lives-here': person({ division: TOWN, links: [] }),
  'known-here': person({ division: OTHERS, links: [link({ division: OURS, localId: 'H-1' })] }),
  'was-known-here': person({
    division: OTHERS,
    links: [link({ division: OURS, localId: 'H-2', unlinkedAt: '2026-01-01T00:00:00Z' })],
  }),
  stranger: person({ division: OTHERS, links: [] }),
};
const actor = (division: string | null, personId: string | null = null) => ({
  ...requestRecord().actor,
  division,
  personId,
});
const request = (id: string, division: string | null, ...ids: readonly (string | null)[]) =>
  requestRecord({ id, actor: actor(division), persons: ids.map((one) => audited({ id: one })) });
const change = (id: string, division: string | undefined, personId: string | null): AuditRecord => ({
  kind: 'CHANGE',
  id,
  at: '2026-03-02T02:00:00.000Z',
  request: null,
  actor: division === undefined ? null : actor(division),
  purpose: null,
  change: 'CONSENT_EXPIRED',
  collection: 'person',
  document: 'd',
  version: 2,
  personId,
});
const withheld = (id: string, of: string, ...persons: readonly string[]): AuditRecord => ({
  kind: 'WITHHELD',
  id,
  at: '2026-03-02T02:00:00.000Z',
  request: of,
  persons,
});
const RETIRED: AuditRecord = {
  kind: 'RETIRED',
  id: 'retired',
  at: '2026-03-02T02:00:00.000Z',
  log: 'audit:hub',
  first: 1,
  last: 2,
  lastHash: 'h',
};

const RECORDS = `query ($filter: AuditFilter!) {
  auditRecords(filter: $filter, first: 100) { edges { node { id persons { personId } } } }
}`;
type Found = readonly { readonly node: { readonly id: string; readonly persons: readonly { personId: string }[] } }[];
async function found(records: readonly AuditRecord[], filter: object = {}, as = auditor()) {
  const ask = await subgraphOver(records, people);
  const { data, errors } = await ask(RECORDS, { filter }, as);
  expect(errors).toEqual([]);
  const edges: Found = data.auditRecords.edges;
  return Object.fromEntries(edges.map(({ node }) => [node.id, node.persons.map(({ personId }) => personId)]));
}

test.each<[string, AuditRecord, readonly string[] | null]>([
  ['an act of the district', request('r', OURS, 'stranger'), ['stranger']],
  ['an act of a town of it', request('r', TOWN, 'stranger'), ['stranger']],
  ['an act of the city, about a stranger', request('r', CITY, 'stranger'), null],
  ['an act of another district, about a stranger', request('r', OTHERS, 'stranger'), null],
  ['of another district, about one who lives here', request('r', OTHERS, 'lives-here'), ['lives-here']],
  ['of another district, about one who is known here', request('r', OTHERS, 'known-here'), ['known-here']],
  ['of another district, about one who was known here', request('r', OTHERS, 'was-known-here'), null],
  ['of another district, about several', request('r', OTHERS, 'stranger', 'known-here', null), ['known-here']],
  ['of another district, about nobody', request('r', OTHERS, null), null],
  ['somebody’s own token, about one who lives here', request('r', null, 'lives-here'), ['lives-here']],
  ['somebody’s own token, about a stranger', request('r', null, 'stranger'), null],
  ['somebody’s own token, about nobody who is there', request('r', null, 'not-there'), ['not-there']],
  ['a job of the hub, about one who lives here', change('r', undefined, 'lives-here'), ['lives-here']],
  ['a job of the hub, about a stranger', change('r', undefined, 'stranger'), null],
  ['a job of the hub, about nobody', change('r', undefined, null), []],
  ['a change by another district, about a stranger', change('r', OTHERS, 'stranger'), null],
  ['a change by another district, about nobody', change('r', OTHERS, null), null],
  ['what was withheld from whom nobody knows', withheld('r', 'gone', 'known-here', 'stranger'), ['known-here']],
])('an auditor of the district sees of %s: %#', async (_, record, expected) => {
  expect(await found([record])).toEqual(expected === null ? {} : { r: expected });
});

test('what was withheld lies where it was asked; that records retired is every auditor’s', async () => {
  const records = [
    request('ours', OURS, 'stranger'),
    withheld('w-ours', 'ours', 'stranger'),
    request('others', OTHERS, 'stranger'),
    withheld('w-others', 'others', 'stranger'),
    RETIRED,
  ];
  expect(Object.keys(await found(records)).toSorted()).toEqual(['ours', 'retired', 'w-ours']);
});

test('a city’s auditor sees its districts, a district’s not the next', async () => {
  const records = [request('here', OURS, null), request('there', OTHERS, null)];
  const of = async (division: string) =>
    Object.keys(await found(records, {}, auditor('AUDIT', { division }))).toSorted();
  expect(await of(CITY)).toEqual(['here']);
  expect(await of('990000')).toEqual(['here', 'there']);
  expect(await of(OTHERS)).toEqual(['there']);
});

test('by whom or what was cut off a record is not found', async () => {
  const emergency = audited({
    id: 'stranger',
    shown: { 'health:visits': { basis: 'EMERGENCY', ground: 'emergency:1' } },
  });
  const both = requestRecord({ id: 'r', actor: actor(OTHERS), persons: [emergency, audited({ id: 'known-here' })] });
  expect(await found([both], { personId: 'known-here' })).toEqual({ r: ['known-here'] });
  expect(await found([both], { personId: 'stranger' })).toEqual({});
  expect(await found([both], { basis: 'EMERGENCY' })).toEqual({});
});

test('a token without a division audits nothing', async () => {
  const ask = await subgraphOver([request('r', OURS, 'stranger')], people);
  const { data, errors } = await ask(RECORDS, { filter: {} }, auditor('AUDIT', { division: null }));
  expect([data.auditRecords, errors[0]?.extensions.code]).toEqual([null, 'BAD_USER_INPUT']);
});

test('the report is of the jurisdiction as well', async () => {
  const night = (id: string, division: string, about: string): AuditRecord =>
    requestRecord({ id, actor: actor(division), at: '2026-03-02T15:00:00.000Z', persons: [audited({ id: about })] });
  const ask = await subgraphOver(
    [night('a', OURS, 'stranger'), night('b', OTHERS, 'stranger'), night('c', OTHERS, 'lives-here')],
    people,
  );
  const REPORT = `{ unusualAccess(from: "2026-03-01T00:00:00Z", to: "2026-03-31T00:00:00Z") { findings { recordIds } } }`;
  const { data } = await ask(REPORT);
  const findings: readonly { readonly recordIds: readonly string[] }[] = data.unusualAccess.findings;
  expect(findings.flatMap(({ recordIds }) => recordIds).toSorted()).toEqual(['a', 'c']);
});

test('case 62: the auditor’s look is noted with all whom it shows, and with whom it asked for', async () => {
  const ask = await subgraphOver(
    [request('r', OURS, 'stranger', null), request('s', OTHERS, 'was-known-here')],
    people,
  );
  const beside = ['Query.auditRecords'];
  const all = await ask(RECORDS, { filter: {} });
  expect(all.decisions).toMatchObject([{ personId: 'stranger', by: 'matter', visible: false, beside }]);
  const id = '20000000-0000-4000-8000-000000000001';
  const one = await ask(RECORDS, { filter: { personId: id } });
  expect(one.decisions).toMatchObject([{ personId: id, beside }]);
  expect((await ask(RECORDS, { filter: { personId: '11010519491231002X 张三' } })).decisions).toEqual([]);
  const again = await ask('query ($d: [_Any!]!) { _stillStand(decisions: $d) }', { d: all.decisions });
  expect(again.data).toEqual({ _stillStand: [true] });
});
