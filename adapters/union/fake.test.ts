import { registerOf } from '../shared/fake-source.fixture.ts';
import { describeUnionSource } from './contract.ts';
import { fakeUnionSource } from './fake.ts';

describeUnionSource('the trade union in memory', async () => ({
  source: fakeUnionSource({
    register: registerOf(['GH-1', 'GH-2', ...Array.from({ length: 60 }, (_, i) => `GH-9${i}`)]),
    employeeAssistance: {
      'GH-1': [{ programme: '个体心理咨询', provider: null, opened: '2025', sessions: 2, lastDate: null }],
    },
    hardshipAid: {
      'GH-1': [
        {
          kind: 'LIVING',
          kindCode: '1',
          kindDisplay: '生活救助',
          amountCny: 500,
          date: '2025-01-05',
          organisation: '区总工会',
        },
      ],
    },
    workplaceMediation: {
      'GH-1': [
        {
          kind: '劳动报酬',
          stage: 'ACCEPTED',
          stageCode: '10',
          opened: '2025-02',
          agreementDate: null,
          committee: null,
        },
      ],
    },
  }),
  knownIds: ['GH-1', 'GH-2'],
  unknownId: 'GH-0',
}));
