import { expect, test } from '@jest/globals';
import { startEducationSystem } from '../../e2e/systems/education/system.ts';
import { describeDepartmentSubgraph } from '../shared/department-subgraph.contract.ts';
import { subgraph } from './main.ts';

const { ask, idsOf, personWith, world } = describeDepartmentSubgraph({
  subgraph,
  startSystem: startEducationSystem,
  // No level, no status, and not what a child is protected from.
  titles: ['入学', '学校心理辅导', '学校心理测评', '学生保护'],
});

test('one person’s education facet comes from the REST service, every category of it', async () => {
  const { facets, errors } = await ask(
    `source { department status asOf } enrolment { school grade class status from to }
     counselling { kind organisation opened sessions lastDate } assessment { instrument date level }
     protection { kind opened status } events { date code title organisation } truncatedBefore`,
    [await personWith(idsOf('pupil-in-crisis'))],
  );
  expect(errors).toEqual([]);
  expect(facets).toMatchObject([
    {
      source: { department: 'EDUCATION', status: 'CURRENT' },
      enrolment: [{ status: 'GRADUATED' }, {}, { school: '心桥区第1高级中学', grade: '高一', status: 'ENROLLED' }],
      counselling: [{ kind: 'CRISIS', sessions: 3 }, {}, { lastDate: '2026-11-12' }],
      assessment: [{ level: 'NONE' }, {}, { level: 'SEVERE' }, {}],
      protection: [{ kind: 'DROP_OUT', status: 'CLOSED' }],
      truncatedBefore: null,
    },
  ]);
});

test('no remark of a school reaches the facet', async () => {
  const everybody = await personWith(world.people.flatMap(idsOf));
  const { facets } = await ask('events { title organisation } assessment { instrument level }', [everybody]);
  expect(facets[0].assessment.length).toBeGreaterThan(0);
  expect(JSON.stringify(facets)).not.toContain('备注');
});
