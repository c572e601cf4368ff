import { describeCivilAffairsSource } from './contract.ts';
import { fakeCivilAffairsSource } from './fake.ts';

const someone = (localId: string) =>
  ({ localId, idNumber: null, name: '某人', sex: 'UNKNOWN', birthDate: null, division: null }) as const;
const noCode = { kindCode: '01', kindDisplay: null, organisation: null } as const;
const register = ['p1', 'p2', ...Array.from({ length: 60 }, (_, i) => `q${i}`)];

describeCivilAffairsSource('in memory', async () => {
  const source = fakeCivilAffairsSource({
    register: register.map(someone),
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
  });
  const each = (id: string) => ({ assistanceOf: id, childWelfareOf: id, elderlyCareOf: id, familyGuidanceOf: id });
  return { source, having: each('p1'), lacking: each('p2') };
});
