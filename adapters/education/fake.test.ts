import { registerOf } from '../shared/fake-source.fixture.ts';
import { describeEducationSource } from './contract.ts';
import { fakeEducationSource } from './fake.ts';

describeEducationSource('education in memory', async () => ({
  source: fakeEducationSource({
    register: registerOf(['X1', 'X2', ...Array.from({ length: 120 }, (_, i) => `X3${i}`)]),
    enrolment: {
      X1: [{ school: '第一小学', grade: '三年级', class: null, status: 'ENROLLED', from: '2023-09', to: null }],
    },
    counselling: {
      X1: [{ kind: 'GROUP', organisation: null, opened: '2025', sessions: 3, lastDate: '2025-04-01' }],
    },
    assessment: { X1: [{ instrument: 'MHT', date: '2025-03-01', level: 'MILD' }] },
    protection: { X1: [{ kind: 'BULLYING', opened: '2025-03', status: 'OPEN' }] },
  }),
  knownIds: ['X1', 'X2'],
  unknownId: 'X0',
}));
