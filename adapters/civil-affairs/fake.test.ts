import { registerOf } from '../shared/fake-source.fixture.ts';
import { describeCivilAffairsSource } from './contract.ts';
import { fakeCivilAffairsSource } from './fake.ts';

const noCode = { kindCode: '01', kindDisplay: null, organisation: null } as const;

describeCivilAffairsSource('civil affairs in memory', async () => ({
  source: fakeCivilAffairsSource({
    register: registerOf(['p1', 'p2', ...Array.from({ length: 60 }, (_, i) => `q${i}`)]),
    assistance: {
      p1: [
        { ...noCode, kind: 'SUBSISTENCE_ALLOWANCE', amountCny: 500, payment: 'MONTHLY', from: '2024-01-01', to: null },
      ],
    },
    childWelfare: {
      p1: [
        {
          category: 'ORPHAN',
          categoryCode: 'B',
          categoryDisplay: null,
          guardianName: null,
          guardianRelation: null,
          childDirector: null,
          childDirectorOrganisation: null,
          from: '2024-01',
          to: null,
        },
      ],
    },
    elderlyCare: {
      p1: [
        {
          abilityLevel: null,
          abilityLevelCode: null,
          assessedOn: null,
          service: 'MEALS',
          serviceCode: '40',
          serviceDisplay: null,
          organisation: null,
          from: '2024',
          to: null,
        },
      ],
    },
    familyGuidance: {
      p1: [{ ...noCode, kind: 'MARITAL', opened: '2024-01-01', lastOn: null, sessions: 1, status: null }],
    },
  }),
  knownIds: ['p1', 'p2'],
  unknownId: 'p0',
}));
