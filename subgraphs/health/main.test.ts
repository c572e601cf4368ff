import { expect, test } from '@jest/globals';
import { startHealthSystem } from '../../e2e/systems/health/system.ts';
import { describeDepartmentSubgraph } from '../shared/department-subgraph.contract.ts';
import type { AccessBasis } from '../shared/grant.ts';
import { subgraph } from './main.ts';

const { ask, idsOf, personWith } = describeDepartmentSubgraph({
  subgraph,
  startSystem: startHealthSystem,
  // No illness, no drug and no level.
  titles: `门诊就诊 急诊就诊 住院 远程诊疗 就诊
    登记诊断 心理测评 随访 开具处方 参加社区康复`.split(/\s+/),
});

test('one person’s health facet comes from the FHIR server, every category of it', async () => {
  const { facets, errors } = await ask(
    `source { department status asOf } visits { date class } diagnoses { code display onset otherCodings { system } }
     assessment { date level } followUp { interval nextDue worker } medication { display } rehabilitation { programme }
     events { date code title organisation } truncatedBefore`,
    [await personWith(idsOf('pupil-in-crisis'))],
  );
  expect(errors).toEqual([]);
  expect(facets).toMatchObject([
    {
      source: { department: 'HEALTH', status: 'CURRENT' },
      visits: [{ date: '2026-03-24', class: 'OUTPATIENT' }, {}, {}],
      diagnoses: [{ code: 'F32.1', onset: '2025-11' }],
      assessment: [{ level: 'SEVERE' }, { level: 'MODERATE' }],
      followUp: [{ interval: 'P2W', nextDue: '2026-11-24', worker: '沈佳' }],
      medication: [{ display: '盐酸舍曲林片' }],
      rehabilitation: [],
      truncatedBefore: null,
    },
  ]);
  expect(JSON.stringify(facets)).toContain('"title":"门诊就诊"');
});

test('what a clinician withheld shows to everybody but the person, in no list, no event and no status', async () => {
  const [, later = ''] = idsOf('adult-patient');
  const seen = async (basis: AccessBasis, fields: string) =>
    (await ask(fields, [await personWith([later], { basis, categories: ['diagnoses'] })])).facets;
  const asked = 'diagnoses { code } events { date }';
  const self = [{ diagnoses: [{ code: 'F20.0' }], events: [{ date: '2022-06-14' }] }];
  expect(await seen('SELF', asked)).toEqual(self);
  for (const basis of ['OWN_RECORD', 'CONSENT', 'CARE_TEAM', 'EMERGENCY'] as const)
    expect(await seen(basis, asked)).toEqual([
      { diagnoses: [{ code: 'F20.0' }, { code: 'F10.2' }], events: [{ date: '2026-08-18' }, { date: '2022-06-14' }] },
    ]);
});
