import { expect, test } from '@jest/globals';
import { fakeCivilAffairsSource } from '../../adapters/civil-affairs/fake.ts';
import { startCivilAffairsSystem } from '../../e2e/systems/civil-affairs/system.ts';
import { describeDepartmentSubgraph } from '../shared/department-subgraph.contract.ts';
import { subgraph } from './main.ts';

const { ask, personWith } = describeDepartmentSubgraph({
  subgraph,
  startSystem: startCivilAffairsSystem,
  titles: `低保 特困供养 临时救助 医疗救助 社会救助
    困境儿童保障 孤儿保障 事实无人抚养儿童保障 留守儿童关爱
    居家探访关爱 居家照护 日间照料 老年助餐 机构养老
    婚前辅导 婚姻关系辅导 离婚冷静期辅导 亲子关系辅导`.split(/\s+/),
});

const source = fakeCivilAffairsSource({
  assistance: {
    mz1: [
      {
        kind: 'MEDICAL_ASSISTANCE',
        kindCode: '04',
        kindDisplay: '医疗救助',
        amountCny: 1200.5,
        payment: 'ONCE',
        from: '2024-01-05',
        to: null,
        organisation: '桥头街道民政办',
      },
    ],
  },
  childWelfare: {
    mz1: [
      {
        category: 'LEFT_BEHIND',
        categoryCode: 'D',
        categoryDisplay: '留守儿童',
        guardianName: '田**',
        guardianRelation: '祖母',
        childDirector: '田志红',
        childDirectorOrganisation: '松树坪村民委员会',
        from: '2025-03',
        to: null,
      },
    ],
  },
  elderlyCare: {
    mz1: [
      {
        abilityLevel: 'MILD',
        abilityLevelCode: '1',
        assessedOn: '2025-01-01',
        service: 'MEALS',
        serviceCode: '40',
        serviceDisplay: '老年助餐',
        organisation: null,
        from: '2025',
        to: null,
      },
    ],
  },
  familyGuidance: {
    mz1: [
      {
        kind: 'MARITAL',
        kindCode: 'HY',
        kindDisplay: null,
        opened: '2023-05-01',
        lastOn: null,
        sessions: 3,
        status: 'ACTIVE',
        organisation: null,
      },
    ],
  },
});

const EVERYTHING = `source { department asOf status }
  assistance { kind kindCode kindDisplay amountCny payment from to organisation }
  childWelfare { category guardianName guardianRelation childDirector childDirectorOrganisation from to }
  elderlyCare { abilityLevel abilityLevelCode assessedOn service serviceCode serviceDisplay organisation from to }
  familyGuidance { kind kindCode kindDisplay opened lastOn sessions status organisation }
  events { date department category code title organisation }`;

test('every category and its events come out as the port gave them', async () => {
  const { facets, errors } = await ask(EVERYTHING, [await personWith(['mz1'])], source);
  expect(errors).toEqual([]);
  expect(facets[0]).toMatchObject({
    source: { department: 'CIVIL_AFFAIRS', status: 'CURRENT' },
    assistance: [{ kind: 'MEDICAL_ASSISTANCE', amountCny: 1200.5, payment: 'ONCE', from: '2024-01-05', to: null }],
    childWelfare: [{ category: 'LEFT_BEHIND', guardianName: '田**', childDirector: '田志红', from: '2025-03' }],
    elderlyCare: [{ abilityLevel: 'MILD', service: 'MEALS', from: '2025' }],
    familyGuidance: [{ kind: 'MARITAL', sessions: 3, status: 'ACTIVE' }],
  });
  expect(facets[0].events.map(({ date, category, title }: Record<string, string>) => [date, category, title])).toEqual([
    ['2025-03', 'civil-affairs:child-welfare', '留守儿童关爱'],
    ['2025', 'civil-affairs:elderly-care', '老年助餐'],
    ['2024-01-05', 'civil-affairs:assistance', '医疗救助'],
    ['2023-05-01', 'civil-affairs:family-guidance', '婚姻关系辅导'],
  ]);
});
