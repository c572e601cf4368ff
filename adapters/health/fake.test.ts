import { registerOf } from '../shared/fake-source.fixture.ts';
import { describeHealthSource } from './contract.ts';
import { fakeHealthSource } from './fake.ts';

describeHealthSource('health in memory', async () => ({
  source: fakeHealthSource({
    register: registerOf(['pat-1', 'pat-2', ...Array.from({ length: 60 }, (_, i) => `pat-1${i}`)]),
    visits: {
      'pat-1': [{ date: '2026-03', end: null, class: 'OUTPATIENT', status: null, service: null, organisation: null }],
    },
    diagnoses: {
      'pat-1': [
        {
          system: null,
          code: 'X',
          display: '待查',
          otherCodings: [],
          clinicalStatus: null,
          verification: null,
          onset: '2025',
          recorded: null,
          organisation: null,
        },
      ],
    },
    assessment: {
      'pat-1': [
        {
          instrument: 'PHQ-9',
          instrumentCode: null,
          instrumentSystem: null,
          date: '2026-03-24',
          level: 'MILD',
          organisation: null,
        },
      ],
    },
    followUp: {
      'pat-1': [
        {
          plan: '随访',
          status: 'ACTIVE',
          interval: 'P1M',
          from: null,
          to: null,
          last: null,
          nextDue: '2026-12-01',
          worker: null,
          organisation: null,
        },
      ],
    },
    medication: {
      'pat-1': [
        {
          display: null,
          code: null,
          system: null,
          dosage: null,
          status: null,
          date: '2026-03-24',
          to: null,
          organisation: null,
        },
      ],
    },
    rehabilitation: {
      'pat-1': [{ programme: '服药训练', station: null, status: null, from: '2022-09-01', to: null }],
    },
  }),
  knownIds: ['pat-1', 'pat-2'],
  unknownId: 'pat-0',
}));
