import { expect, test } from '@jest/globals';
import { startWomensFederationSystem } from '../../e2e/systems/womens-federation/system.ts';
import { describeDepartmentSubgraph } from '../shared/department-subgraph.contract.ts';
import { subgraph } from './main.ts';

const { ask, idsOf, logged, personWith, system } = describeDepartmentSubgraph({
  subgraph,
  startSystem: startWomensFederationSystem,
  // No violence and no dispute.
  titles: ['家庭关爱服务', '维权个案受理', '12338 热线来电'],
  callsAreCounted: false,
});

const EVERYTHING = `source { department status asOf }
  familySupport { kind kindText from to sessions status organisation }
  rightsCase { kind kindText stage acceptedOn closedOn protectionOrder organisation sealed }
  hotline { date topic topicText disposition }
  events { date code title category organisation } truncatedBefore`;

test('one person’s facet comes from the night’s files, every category of it', async () => {
  const { facets, errors } = await ask(EVERYTHING, [await personWith(idsOf('mother'))]);
  expect(errors).toEqual([]);
  expect(facets).toMatchObject([
    {
      source: { department: 'WOMENS_FEDERATION', status: 'CURRENT', asOf: expect.anything() },
      familySupport: [{ kind: 'MARRIAGE_COUNSELLING', from: '2025-04-09', sessions: 6, status: 'COMPLETED' }, {}],
      rightsCase: [{ kind: 'CUSTODY', stage: 'CLOSED', acceptedOn: '2025-05-14', sealed: false }],
      hotline: [{ date: '2025-03-27', topic: 'MARRIAGE_AND_FAMILY', disposition: 'APPOINTMENT_MADE' }, {}],
      events: [
        { date: '2026-03-12', code: 'FAMILY_SUPPORT', title: '家庭关爱服务' },
        { date: '2026-02-16', code: 'HOTLINE_CONTACT', title: '12338 热线来电' },
        { date: '2025-05-14', code: 'RIGHTS_CASE', title: '维权个案受理' },
        {},
        {},
      ],
      truncatedBefore: null,
    },
  ]);
});

test('a sealed case is there for the federation and for nobody else', async () => {
  const asked = 'rightsCase { kind sealed } events { code }';
  const sealed = idsOf('sealed-rights-case');
  const own = await ask(asked, [await personWith(sealed, { basis: 'OWN_RECORD' })]);
  expect(own.facets).toMatchObject([
    { rightsCase: [{ kind: 'DOMESTIC_VIOLENCE', sealed: true }], events: [{ code: 'RIGHTS_CASE' }] },
  ]);
  const other = await ask(asked, [await personWith(sealed)]);
  expect(other).toEqual({ facets: [{ rightsCase: [], events: [] }], errors: [] });
});

test('tonight’s files being bad, last night’s are shown as such, and the log names the bad ones', async () => {
  await system().break('garbage');
  const { facets } = await ask('source { status } hotline { date }', [await personWith(idsOf('mother'))]);
  await system().break(null);
  expect(facets).toMatchObject([{ source: { status: 'CACHED' }, hotline: [{}, {}] }]);
  expect(logged).toContainEqual({ source: 'womens-federation', file: '12338热线_20261120.csv', reason: 'NOT_TEXT' });
});
