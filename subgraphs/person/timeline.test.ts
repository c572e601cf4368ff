import { expect, test } from '@jest/globals';
import { NO_FACTS } from './access/access-question.ts';
import { acting, person } from './person-fixtures.ts';
import type { ShownPerson } from './person-fields.ts';
import { timelineField } from './timeline.ts';

const PERSON: ShownPerson = {
  person: { id: 'p1', version: 1, data: person() },
  access: { visible: true, departments: [], standings: [], crossesJurisdiction: false },
  facts: { ...NO_FACTS, ...person(), personId: 'p1' },
};
const EVENTS = Array.from({ length: 300 }, (_, i) => ({
  date: '2026-11-01',
  department: 'HEALTH',
  code: 'referral',
  title: `event ${1_000 + i}`,
  organisation: 'district-hospital',
}));
const timeline = timelineField([], async () => EVENTS);
const request = { ...acting(), requestId: 'request-1', signal: new AbortController().signal };
const page = (args: Parameters<typeof timeline>[1]) => timeline(PERSON, args, { request });

test('case 41: who asks for a thousand events of three hundred gets two hundred, and the rest on the next page', async () => {
  const { edges, pageInfo } = await page({ first: 1_000 });
  expect([edges.length, pageInfo.hasNextPage]).toEqual([200, true]);
  const next = await page({ first: 1_000, after: pageInfo.endCursor });
  expect([next.edges.length, next.pageInfo.hasNextPage]).toEqual([100, false]);
  const titles = [...edges, ...next.edges].map(({ node }) => node.title);
  expect(titles.toSorted()).toEqual(EVENTS.map(({ title }) => title));
});
