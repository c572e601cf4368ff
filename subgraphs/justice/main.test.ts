import { expect, test } from '@jest/globals';
import { fakeJusticeSource } from '../../adapters/justice/fake.ts';
import { startJusticeSystem } from '../../e2e/systems/justice/system.ts';
import { describeDepartmentSubgraph } from '../shared/department-subgraph.contract.ts';
import { subgraph } from './main.ts';

const { ask, idsOf, personWith } = describeDepartmentSubgraph({
  subgraph,
  startSystem: startJusticeSystem,
  // No outcome, and not what aid was for.
  titles: `申请法律援助 开始安置帮教 人民调解 劳动争议调解 合同纠纷调解 婚姻家庭纠纷调解
    房屋宅基地纠纷调解 损害赔偿纠纷调解 校园纠纷调解 生产经营纠纷调解 邻里纠纷调解`.split(/\s+/),
});

const ALL = ['legal-aid', 'mediation', 'reintegration'];
const EVERYTHING = `source { department status } legalAid { kind stage opened organisation }
  mediation { kind committee stage agreementDate } reintegration { from to worker organisation }
  events { date category code title organisation } truncatedBefore`;

test('one person’s justice facet comes from the database, every category of it', async () => {
  const { facets, errors } = await ask(EVERYTHING, [await personWith(idsOf('pupil-in-crisis'))]);
  const committee = '区婚姻家庭纠纷人民调解委员会';
  expect(errors).toEqual([]);
  expect(facets).toEqual([
    {
      source: { department: 'JUSTICE', status: 'CURRENT' },
      legalAid: [],
      mediation: [{ kind: 'MARRIAGE_AND_FAMILY', committee, stage: 'AGREED', agreementDate: '2025-06-09' }],
      reintegration: [],
      events: [
        {
          date: '2025-04-17',
          category: 'justice:mediation',
          code: 'MEDIATION',
          title: '婚姻家庭纠纷调解',
          organisation: committee,
        },
      ],
      truncatedBefore: null,
    },
  ]);
});

test('a juvenile offender shows to justice alone; to others as somebody whom justice does not know', async () => {
  const offender = idsOf('juvenile-offender');
  const own = await ask(EVERYTHING, [await personWith(offender, { basis: 'OWN_RECORD' })]);
  expect(own.facets).toMatchObject([
    {
      source: { status: 'CURRENT' },
      legalAid: [{ kind: 'CRIMINAL', opened: '2025-01-14' }],
      reintegration: [{ from: '2025-07-01', worker: '郭志强' }],
    },
  ]);
  for (const basis of ['CONSENT', 'CARE_TEAM'] as const) {
    for (const categories of [ALL, ...ALL.map((category) => [category])]) {
      const fields = categories.length === 3 ? EVERYTHING : 'source { department status asOf } events { date }';
      const juvenile = await ask(fields, [await personWith(offender, { basis, categories })]);
      const nobody = await ask(fields, [await personWith(['209900000001'], { basis, categories })]);
      expect(juvenile).toEqual(nobody);
      expect(juvenile.facets).toMatchObject([{ source: { status: 'NOT_KNOWN' }, events: [] }]);
    }
  }
});

test('beside other records a sealed file leaves no trace either', async () => {
  const aid = {
    kind: 'ADVICE',
    kindCode: null,
    kindDisplay: null,
    stage: 'OTHER',
    stageCode: null,
    opened: '2026-01-05',
    decidedOn: null,
    closed: null,
    organisation: null,
    sealed: false,
  } as const;
  const sealedFile = { from: '2025-07-01', to: null, worker: '郭志强', organisation: null, sealed: true };
  const defended = { ...aid, kind: 'CRIMINAL', opened: '2025-01-14', sealed: true } as const;
  const over = fakeJusticeSource({
    legalAid: { J1: [defended, aid], J2: [aid] },
    reintegration: { J1: [sealedFile] },
  });
  for (const categories of [ALL, ['legal-aid'], ['reintegration'], ['reintegration', 'mediation']]) {
    const [marked, unmarked] = await Promise.all(
      ['J1', 'J2'].map(async (id) =>
        ask('source { status asOf } events { date code }', [await personWith([id], { categories })], over),
      ),
    );
    expect(marked).toEqual(unmarked);
  }
});
