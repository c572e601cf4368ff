import { describeEducationSource } from './contract.ts';
import { fakeEducationSource } from './fake.ts';

const someone = (localId: string) =>
  ({ localId, idNumber: null, name: '某人', sex: 'UNKNOWN', birthDate: null, division: null }) as const;

describeEducationSource('education in memory', async () => ({
  source: fakeEducationSource({
    register: ['X1', 'X2', ...Array.from({ length: 120 }, (_, i) => `X3${i}`)].map(someone),
    enrolment: {
      X1: [{ school: '第一小学', grade: '三年级', class: null, status: 'ENROLLED', from: '2023-09', to: null }],
    },
    counselling: {
      X1: [{ kind: 'GROUP', organisation: null, opened: '2025', sessions: 3, lastDate: '2025-04-01' }],
    },
    assessment: { X1: [{ instrument: 'MHT', date: '2025-03-01', level: 'MILD' }] },
    protection: { X1: [{ kind: 'BULLYING', opened: null, status: 'OPEN' }] },
  }),
  knownIds: ['X1', 'X2'],
  unknownId: 'X0',
  having: ['X1'],
}));
