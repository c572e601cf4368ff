import { createSecretKey } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { fakeUnionSource } from '../../adapters/union/fake.ts';
import { signGrant } from '../shared/grant.ts';
import type { Grant } from '../shared/grant.ts';
import type { HubRequest } from '../shared/hub-request.ts';
import { silentLog } from '../shared/log.ts';
import { subgraph } from './main.ts';

const key = createSecretKey(Buffer.alloc(32, 7));
const request: HubRequest = {
  requestId: 'r1',
  purpose: 'CARE',
  signal: new AbortController().signal,
  caller: {
    subject: 's',
    client: 'union-system',
    organisation: null,
    department: 'UNION',
    division: '390106',
    roles: [],
    scopes: [],
    purposes: ['CARE'],
    personId: null,
  },
};
const source = fakeUnionSource({
  employeeAssistance: {
    gh1: [{ programme: '个体心理咨询', provider: '心理驿站', opened: '2026-03', sessions: 4, lastDate: '2026-06-01' }],
  },
  hardshipAid: {
    gh1: [
      {
        kind: 'SCHOOLING',
        kindCode: '3',
        kindDisplay: '金秋助学',
        amountCny: 3_000,
        date: '2026-08-28',
        organisation: '区总工会',
      },
      { kind: 'OTHER', kindCode: '8', kindDisplay: null, amountCny: null, date: null, organisation: null },
    ],
  },
  workplaceMediation: {
    gh1: [
      {
        kind: '劳动报酬',
        stage: 'AGREED',
        stageCode: '30',
        opened: '2025-02-01',
        agreementDate: '2025-03-01',
        committee: '区劳动争议调解中心',
      },
    ],
  },
});

const QUERY = `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Person { union {
  source { department asOf status }
  employeeAssistance { programme provider opened sessions lastDate }
  hardshipAid { kind kindCode kindDisplay amountCny date organisation }
  workplaceMediation { kind stage stageCode opened agreementDate committee }
  events { date department category code title organisation }
} } } }`;

async function facet(categories: Grant['categories'] | null) {
  const grant = { personId: 'p1', localIds: ['gh1'], purpose: 'CARE', actor: 'union-system', requestId: 'r1' };
  const unionGrant = categories && (await signGrant({ ...grant, categories }, { audience: 'union', key }));
  const services = {
    settings: {},
    grantKey: () => key,
    store: () => {
      throw new Error('no store here');
    },
    log: silentLog,
  };
  const variables = { representations: [{ __typename: 'Person', id: 'p1', unionGrant }] };
  const result = await subgraph.createOver(source, services).execute({ query: QUERY, variables }, request);
  // Through JSON, as a caller would see it.
  return JSON.parse(
    JSON.stringify({
      facet: (result.data as { _entities: { union: object }[] })._entities[0]?.union,
      errors: result.errors ?? [],
    }),
  );
}

test('every category and its events come out as the port gave them', async () => {
  const all = { 'employee-assistance': 'OWN_RECORD', 'hardship-aid': 'OWN_RECORD', 'workplace-mediation': 'CONSENT' };
  const { facet: answer, errors } = await facet(all as Grant['categories']);
  expect(errors).toEqual([]);
  expect(answer).toMatchObject({
    source: { department: 'UNION', status: 'CURRENT' },
    employeeAssistance: [{ programme: '个体心理咨询', provider: '心理驿站', opened: '2026-03', sessions: 4 }],
    hardshipAid: [
      { kind: 'SCHOOLING', kindCode: '3', amountCny: 3_000, date: '2026-08-28' },
      { kind: 'OTHER', kindCode: '8', amountCny: null, date: null },
    ],
    workplaceMediation: [{ kind: '劳动报酬', stage: 'AGREED', agreementDate: '2025-03-01' }],
  });
  expect(answer.events.map(({ date, category, title }: Record<string, string>) => [date, category, title])).toEqual([
    ['2026-08-28', 'union:hardship-aid', '金秋助学'],
    ['2026-03', 'union:employee-assistance', '职工心理援助'],
    ['2025-02-01', 'union:workplace-mediation', '劳动争议调解'],
  ]);
});

test('what is not granted is neither answered nor an event', async () => {
  const { facet: answer, errors } = await facet({ 'hardship-aid': 'CONSENT' });
  expect(answer).toMatchObject({ employeeAssistance: null, workplaceMediation: null });
  expect(answer.events).toEqual([expect.objectContaining({ category: 'union:hardship-aid' })]);
  expect(errors).toHaveLength(2);
});

test('case 29: without a grant there is nothing', async () => {
  const { facet: answer, errors } = await facet(null);
  expect(answer).toBeNull();
  expect(errors).toMatchObject([{ extensions: { code: 'NO_BASIS' } }]);
});
