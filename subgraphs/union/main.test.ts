import { expect, test } from '@jest/globals';
import { fakeUnionSource } from '../../adapters/union/fake.ts';
import { startUnionSystem } from '../../e2e/systems/union/system.ts';
import { describeDepartmentSubgraph } from '../shared/department-subgraph.contract.ts';
import { subgraph } from './main.ts';

const { ask, personWith } = describeDepartmentSubgraph({
  subgraph,
  startSystem: startUnionSystem,
  // Not the programme and not the outcome.
  titles: [
    '再就业帮扶',
    '劳动争议调解',
    '困难职工医疗救助',
    '困难职工帮扶',
    '困难职工生活救助',
    '职工心理援助',
    '金秋助学',
  ],
});

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

const EVERYTHING = `source { department asOf status }
  employeeAssistance { programme provider opened sessions lastDate }
  hardshipAid { kind kindCode kindDisplay amountCny date organisation }
  workplaceMediation { kind stage stageCode opened agreementDate committee }
  events { date department category code title organisation }`;

test('every category and its events come out as the port gave them', async () => {
  const { facets, errors } = await ask(EVERYTHING, [await personWith(['gh1'])], source);
  expect(errors).toEqual([]);
  expect(facets[0]).toMatchObject({
    source: { department: 'UNION', status: 'CURRENT' },
    employeeAssistance: [{ programme: '个体心理咨询', provider: '心理驿站', opened: '2026-03', sessions: 4 }],
    hardshipAid: [
      { kind: 'SCHOOLING', kindCode: '3', amountCny: 3_000, date: '2026-08-28' },
      { kind: 'OTHER', kindCode: '8', amountCny: null, date: null },
    ],
    workplaceMediation: [{ kind: '劳动报酬', stage: 'AGREED', agreementDate: '2025-03-01' }],
  });
  expect(facets[0].events.map(({ date, category, title }: Record<string, string>) => [date, category, title])).toEqual([
    ['2026-08-28', 'union:hardship-aid', '金秋助学'],
    ['2026-03', 'union:employee-assistance', '职工心理援助'],
    ['2025-02-01', 'union:workplace-mediation', '劳动争议调解'],
  ]);
});
