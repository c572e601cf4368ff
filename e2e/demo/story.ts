import { until } from '../harness/until.ts';
import { askHub, codesAndPaths, type HubAnswer } from '../harness/hub-client.ts';
import { storyOf } from '../harness/care-seed.ts';
import type { Stack } from '../harness/start-stack.ts';
import { MASKED_NAME, MATCH, PROFILE, REGISTER } from './queries.ts';
import { check, FACET_FIELDS, facetLines, factLines, timelineLines } from './show.ts';
import type { Step } from './step.ts';
import { OVERDUE_STEP, REFERRAL_STEPS } from './referral-story.ts';
import { TRUST_STEPS } from './trust-story.ts';

const pupil = ({ world }: Stack) => storyOf(world, 'pupil-in-crisis');
const ALL_EDUCATION_ASKS = 'health:visits:read health:follow-up:read person:identity:read';

/** The story that `npm run demo` tells; `--once` and the tests hold it to every word. */
export const STORY: readonly Step[] = [
  {
    zh: '个案负责人（卫健）凭团队成员身份看到六个部门合成的一份关怀档案',
    en: "The case manager (health), as a named worker of the girl's care team, sees one profile from six departments",
    run: async (stack) => {
      const token = await stack.signIn.signIn('health-worker');
      const answer = await profile(stack, token);
      check(answer.errors.length === 0, `no error expected: ${codesAndPaths(answer).join(', ')}`);
      const { person } = answer.data;
      for (const field of FACET_FIELDS)
        check(person[field]?.source.status === 'CURRENT', `${field} must be there and current`);
      check(person.name === pupil(stack).person.name, 'the case manager reads the name');
      return [
        `${person.maskedName} → ${person.name}  ${person.lifeStages.join(', ')}`,
        ...facetLines(person),
        ...factLines(person),
        ...timelineLines(person.timeline),
      ];
    },
  },
  {
    zh: '学校系统看到自己的记录；母亲同意的两类健康数据；其余没有权限或依据',
    en: 'The school sees its own records and the two kinds of health data that the mother agreed to; nothing else',
    run: async (stack) => {
      const token = await stack.signIn.tokenFor('education-system', { scope: ALL_EDUCATION_ASKS });
      const answer = await profile(stack, token);
      const { person } = answer.data;
      check(person.education.enrolment.length > 0, 'its own record');
      check(person.health.followUp.length > 0, 'follow-up by consent');
      check(person.health.diagnoses === null, 'no diagnosis');
      check(codesAndPaths(answer).includes('FORBIDDEN_FIELD person.health.diagnoses'), 'the error names the field');
      check(person.union === null, 'nothing of the union');
      return [...facetLines(person), ...errorLines(answer)];
    },
  },
  {
    zh: '另一区的教育系统、厂商、领导小组办公室：对他们来说没有这个人',
    en: "Another district's school system, a vendor, the leading group's office: for them the person is not there",
    run: async (stack) => {
      const others = [
        { client: 'education-system-b', purpose: 'CARE' },
        { client: 'vendor-sandbox', purpose: 'CARE' },
        { client: 'leading-group-office', purpose: 'STATISTICS' },
        { client: 'auditor', purpose: 'AUDIT' },
      ];
      return Promise.all(
        others.map(async ({ client, purpose }) => {
          const token = await stack.signIn.tokenFor(client);
          const { data, errors } = await askHub(stack.gateway, {
            token,
            purpose,
            query: MASKED_NAME,
            variables: { id: pupil(stack).id },
          });
          check(data.person === null && errors.length === 0, `${client} must see nobody`);
          return `${client} (${purpose}): person = null`;
        }),
      );
    },
  },
  ...TRUST_STEPS,
  ...REFERRAL_STEPS,
  {
    zh: '卫健系统停机：其他五个部门照常答复，缺的部分说明原因',
    en: "The health department's system is down: the other five still answer, and the missing part says why",
    run: async (stack) => {
      const token = await stack.signIn.signIn('health-worker');
      await stack.systems.break('health', 'down');
      try {
        const answer = await profile(stack, token);
        check(answer.data.person.health === null, 'health is missing');
        check(codesAndPaths(answer).includes('SOURCE_UNAVAILABLE person.health'), 'and says that it is not available');
        check(answer.data.person.education.enrolment.length > 0, 'the others are there');
        const gap = answer.data.person.timeline.gaps.map(
          (one: { department: string; reason: string }) => `${one.department} ${one.reason}`,
        );
        check(gap.includes('HEALTH UNAVAILABLE'), 'the timeline names the gap');
        await stack.systems.break('health', null);
        // Nobody does anything for it: the door to health opens again by itself.
        await until(async () => (await profile(stack, token)).errors.length === 0);
        return [
          ...facetLines(answer.data.person),
          ...errorLines(answer),
          `timeline gaps: ${gap.join(', ')}`,
          'health is up again: complete',
        ];
      } finally {
        await stack.systems.break('health', null);
      }
    },
  },
  {
    zh: '服务开始：工会登记一名外来务工者，卫健以同一身份号码登记，得到同一个人',
    en: 'Care begins: the union registers a migrant worker; health registers the same ID number and gets the same person',
    run: async (stack) => {
      const { person } = storyOf(stack.world, 'migrant-worker');
      const union = await register(stack, {
        client: 'union-system',
        person,
        localId: person.localIds.union[0] ?? 'ZG-NEW-1',
      });
      const again = await register(stack, {
        client: 'union-system',
        person,
        localId: person.localIds.union[0] ?? 'ZG-NEW-1',
      });
      const health = await register(stack, {
        client: 'health-system',
        person,
        localId: person.localIds.health[0] ?? 'new-1',
      });
      check(union.person.id === again.person.id, 'the same idempotency key gives the same person');
      check(union.person.id === health.person.id, 'the same ID number gives the same person');
      const token = await stack.signIn.tokenFor('health-system', { scope: 'person:match' });
      const match = await askHub(stack.gateway, { token, query: MATCH, variables: { idNumber: person.idNumber } });
      check(match.data.matchPerson?.id === union.person.id, 'and matchPerson finds him');
      return [
        `union: created=${union.created} ${union.person.maskedName} ${union.person.id}`,
        `union again: the same`,
        `health: the same person`,
      ];
    },
  },
  OVERDUE_STEP,
];

async function profile(stack: Stack, token: string): Promise<HubAnswer> {
  return askHub(stack.gateway, { token, query: PROFILE, variables: { id: pupil(stack).id } });
}

interface Registration {
  readonly client: string;
  readonly person: { readonly name: string; readonly idNumber: string; readonly division: string };
  readonly localId: string;
}

async function register(stack: Stack, { client, person, localId }: Registration) {
  const token = await stack.signIn.tokenFor(client, { scope: 'person:register' });
  const { name, idNumber, division } = person;
  const input = {
    idempotencyKey: `demo-${client}`,
    idNumber,
    name,
    division,
    localId,
    basisReference: `${client}-2026-001`,
  };
  const { data, errors } = await askHub(stack.gateway, { token, query: REGISTER, variables: { input } });
  const { person: registered, created, userErrors } = data.registerPerson;
  check(errors.length === 0 && registered !== null, `${client} could not register: ${JSON.stringify(userErrors)}`);
  return { person: registered, created };
}

function errorLines(answer: HubAnswer): readonly string[] {
  return codesAndPaths(answer).map((line) => `error: ${line}`);
}
