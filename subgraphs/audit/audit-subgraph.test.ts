import { expect, test } from '@jest/globals';
import type { AuditRecord } from '../../adapters/audit/port.ts';
import { auditor as request, subgraphOver } from './audit-subgraph.fixture.ts';
import { audited, requestRecord } from '../../adapters/audit/audit.fixture.ts';

const RECORDS = `query ($filter: AuditFilter!, $first: NonNegativeInt, $after: String) {
  auditRecords(filter: $filter, first: $first, after: $after) {
    edges { node { id kind place hash change outcome persons { personId categories { category basis ground } coordinates } } }
    pageInfo { hasNextPage endCursor }
  }
}`;

const ids = ({ data }: { data: { auditRecords: { edges: { node: { id: string } }[] } } }) =>
  data.auditRecords.edges.map(({ node }) => node.id);

const AT = (minute: number) => new Date(Date.UTC(2026, 2, 2, 2, minute)).toISOString();
const emergency = audited({
  id: 'person-2',
  shown: { 'health:visits': { basis: 'EMERGENCY', ground: 'emergency:1' } },
});
const RECORDED: readonly AuditRecord[] = [
  requestRecord({ id: 'a', at: AT(0) }),
  requestRecord({ id: 'b', at: AT(1), persons: [emergency], actor: { ...requestRecord().actor, client: 'other' } }),
  { kind: 'WITHHELD', id: 'c', at: AT(2), request: 'b', persons: ['person-2'] },
  requestRecord({ id: 'd', at: AT(3), trace: 'trace-1' }),
];

test.each([
  ['a person', { personId: 'person-2' }, ['c', 'b']],
  ['a client', { client: 'other' }, ['b']],
  ['a client and a person whom it never saw', { client: 'other', personId: 'person-1' }, []],
  ['a basis', { basis: 'EMERGENCY' }, ['b']],
  ['a trace', { trace: 'trace-1' }, ['d']],
  ['a time', { from: AT(1), to: AT(3) }, ['c', 'b']],
  ['nothing', {}, ['d', 'c', 'b', 'a']],
])('records are found by %s, newest first', async (_, filter, expected) => {
  const ask = await subgraphOver(RECORDED);
  expect(ids(await ask(RECORDS, { filter }))).toEqual(expected);
});

test('a record says what was shown of whom, on what basis, and where it stands', async () => {
  const ask = await subgraphOver(RECORDED);
  const { data } = await ask(RECORDS, { filter: { client: 'other' } });
  expect(data.auditRecords.edges[0].node).toEqual({
    id: 'b',
    kind: 'REQUEST',
    place: 'audit:hub 2',
    hash: 'hash-2',
    change: null,
    outcome: 'ANSWERED',
    persons: [
      {
        personId: 'person-2',
        categories: [{ category: 'health:visits', basis: 'EMERGENCY', ground: 'emergency:1' }],
        coordinates: ['HealthFacet.visits', 'Person.maskedName'],
      },
    ],
  });
});

test('pages give every record once', async () => {
  const ask = await subgraphOver(Array.from({ length: 25 }, (_, i) => requestRecord({ id: `r${i}`, at: AT(i) })));
  const seen: string[] = [];
  let after: string | null = null;
  for (let more = true; more;) {
    const answer = await ask(RECORDS, { filter: {}, first: 10, after });
    seen.push(...ids(answer));
    ({ hasNextPage: more, endCursor: after } = answer.data.auditRecords.pageInfo);
  }
  expect(seen).toEqual(Array.from({ length: 25 }, (_, i) => `r${24 - i}`));
});

test('with another purpose than AUDIT nothing is read', async () => {
  const ask = await subgraphOver(RECORDED);
  const { data, errors } = await ask(RECORDS, { filter: {} }, request('CARE'));
  expect(data.auditRecords).toBeNull();
  expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
});

test('the report states its rules; too long a time is refused', async () => {
  const ask = await subgraphOver([requestRecord({ at: '2026-03-02T15:00:00.000Z' })]);
  const REPORT = `query ($from: DateTime!, $to: DateTime!) {
    unusualAccess(from: $from, to: $to) { rules { kind zh en } findings { kind subject recordIds } truncated }
  }`;
  const { data } = await ask(REPORT, { from: '2026-03-01T00:00:00Z', to: '2026-03-31T00:00:00Z' });
  expect(data.unusualAccess.findings).toEqual([{ kind: 'NIGHT', subject: 'worker-1', recordIds: ['request-1'] }]);
  expect(data.unusualAccess.rules).toHaveLength(5);
  expect(data.unusualAccess.truncated).toBe(false);
  const { errors } = await ask(REPORT, { from: '2026-01-01T00:00:00Z', to: '2026-03-31T00:00:00Z' });
  expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
});
