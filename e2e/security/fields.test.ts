import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { decodeJwt } from 'jose';
import { PROFILE } from '../demo/queries.ts';
import { hubIdOf, storyOf } from '../harness/care-seed.ts';
import { type Caller, caller, worker } from '../harness/caller.ts';
import { expectDenied } from '../harness/expect-denied.ts';
import { codesAndPaths } from '../harness/hub-client.ts';
import { type Stack, startStack } from '../harness/start-stack.ts';
import type { DepartmentSlug } from '../systems/world/model.ts';

let stack: Stack;
let pupil: ReturnType<typeof storyOf>;

const IN_CARE = 60;
const UNKNOWN = '00000000-0000-4000-8000-000000000000';
const SLUGS = ['education', 'health', 'civil-affairs', 'justice', 'womens-federation', 'union'] as const;
const school = async (...scopes: string[]) => caller(stack, 'education-system', ...scopes);

/** Somebody in care whom this department does not know, and about whom nobody has agreed to anything. */
function strangerTo(slug: DepartmentSlug) {
  const person = stack.world.people
    .slice(0, IN_CARE)
    .find(({ localIds, story }) => localIds[slug].length === 0 && story === null);
  if (person === undefined) throw new Error(`everybody in care is known to ${slug}`);
  return { id: hubIdOf(stack.world, person), person };
}

describe.each(['hub', 'apollo'])('by the engine %s', (engine) => {
  beforeAll(async () => {
    stack = await startStack({ environment: { GATEWAY_ENGINE: engine } });
    pupil = storyOf(stack.world, 'pupil-in-crisis');
  }, 60_000);
  afterAll(() => stack.close());

  describe('what one may not see', () => {
    test.each(SLUGS)("case 14: another department's person by id is nobody for %s", async (slug) => {
      const { id } = strangerTo(slug);
      const answer = await (await caller(stack, `${slug}-system`)).ask(PROFILE, { id });
      expect(answer.data).toEqual({ person: null });
      expect(answer).toEqual(await (await caller(stack, `${slug}-system`)).ask(PROFILE, { id: UNKNOWN }));
    });

    const diagnoses = 'query ($id: ID!) { person(id: $id) { id health { diagnoses { code display } } } }';
    test('case 16: a field without its scope, directly; it is not even fetched', async () => {
      await stack.systems.resetCalls();
      const { errors } = await expectDenied(school('health:visits:read'), diagnoses, { id: pupil.id });
      expect(errors[0]?.extensions).toEqual({
        code: 'FORBIDDEN_FIELD',
        coordinate: 'HealthFacet.diagnoses',
        requiredScopes: [['health:diagnoses:read']],
      });
      expect((await stack.systems.calls()).health).toEqual({});
    });

    test('the same field is there for who has the scope and a basis', async () => {
      const { data } = await (await worker(stack, 'health-worker')).ask(diagnoses, { id: pupil.id });
      expect(data.person.health.diagnoses).toEqual([expect.objectContaining({ code: 'F32.1' })]);
    });

    test.each([
      [
        'a fragment',
        '... F',
        'fragment F on Person { health { ...G } } fragment G on HealthFacet { diagnoses { code } }',
      ],
      ['an inline fragment', '... on Person { health { ... on HealthFacet { diagnoses { code } } } }', ''],
      ['a fragment without a type', '... { health { ... @include(if: true) { diagnoses { code } } } }', ''],
      [
        'both',
        '... F ... on Person { health { diagnoses { code } } }',
        'fragment F on Person { health { diagnoses { onset } } }',
      ],
    ])('case 17: through %s', async (_, selection, fragments) => {
      const query = `query ($id: ID!) { person(id: $id) { id ${selection} } } ${fragments}`;
      const answer = await expectDenied(school('health:visits:read'), query, { id: pupil.id });
      expect(new Set(codesAndPaths(answer))).toEqual(new Set(['FORBIDDEN_FIELD person.health.diagnoses']));
    });

    test('case 18: through aliases, and under the name of a permitted field', async () => {
      const query = `query ($id: ID!) { person(id: $id) { id
      health { visits: diagnoses { date: onset } followUp: medication { plan: display } x: diagnoses { code } } } }`;
      const answer = await expectDenied(school('health:visits:read', 'health:follow-up:read'), query, { id: pupil.id });
      expect(codesAndPaths(answer)).toEqual([
        'FORBIDDEN_FIELD person.health.followUp',
        'FORBIDDEN_FIELD person.health.visits',
        'FORBIDDEN_FIELD person.health.x',
      ]);
    });

    test.each([
      ['after', 'health { visits { date } } healthGrant: id justiceGrant: name'],
      ['before', 'healthGrant: id justiceGrant: name health { visits { date } }'],
    ])('case 32: a grant under its name as an alias of another field, %s it is used', async (_, selection) => {
      const asking = await worker(stack, 'health-worker');
      const { data } = await asking.ask(
        `query ($id: ID!) { person(id: $id) { name ${selection} justice { source { status } } } }`,
        { id: pupil.id },
      );
      expect(data.person).toMatchObject({ healthGrant: pupil.id, justiceGrant: data.person.name });
      expect(data.person.health.visits.length).toBeGreaterThan(0);
    });

    test('the name of a placeholder is refused', async () => {
      const query = 'query ($id: ID!) { person(id: $id) { xinqiao_forbidden_0: id } }';
      const { errors } = await (await school()).ask(query, { id: pupil.id });
      expect(errors.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
    });

    test('case 20: a weak caller is not served what a strong one just got, by the same operation', async () => {
      const strong = await (await worker(stack, 'health-worker')).ask(diagnoses, { id: pupil.id });
      expect(strong.data.person.health.diagnoses).toHaveLength(1);
      const weak = [
        [school('health:visits:read'), 'FORBIDDEN_FIELD person.health.diagnoses'],
        [caller(stack, 'justice-system'), 'FORBIDDEN_FIELD person.health'],
      ] as const;
      for (const [asking, refusal] of weak) {
        const answer = await expectDenied(asking, diagnoses, { id: pupil.id });
        // By the scope, as whoever asks it first; what else holds is not asked.
        expect(codesAndPaths(answer)).toContain(refusal);
      }
    });

    test('case 22: the role of a case worker without the scope opens nothing', async () => {
      const colleague = await worker(stack, 'health-worker');
      const { realm_access: granted, scope } = decodeJwt(colleague.token);
      expect([granted, String(scope).includes('crosswalk')]).toEqual([{ roles: ['case-worker'] }, false]);
      const query = 'query ($id: ID!) { person(id: $id) { id localIds { department localId } } }';
      const answer = await colleague.ask(query, { id: pupil.id });
      expect(answer.data.person).toEqual({ id: pupil.id, localIds: null });
      expect(codesAndPaths(answer)).toEqual(['FORBIDDEN_FIELD person.localIds']);
    });

    test('a scope without basis: justice may read protection records, but not this girl’s', async () => {
      const query = 'query ($id: ID!) { person(id: $id) { id education { protection { kind } } } }';
      const answer = await expectDenied(caller(stack, 'justice-system', 'education:protection:read'), query, {
        id: pupil.id,
      });
      expect(codesAndPaths(answer)).toEqual(['NO_BASIS person.education']);
    });

    test('case 23: office, auditor and vendor see no person', async () => {
      const asks = [
        ['leading-group-office', 'STATISTICS'],
        ['auditor', 'AUDIT'],
        ['vendor-sandbox', 'CARE'],
      ] as const;
      for (const [client, purpose] of asks) {
        const answer = await (await caller(stack, client)).ask(PROFILE, { id: pupil.id }, { purpose });
        expect(answer).toEqual({ status: 200, data: { person: null }, errors: [] });
      }
    });

    test('mutations without their scope never run', async () => {
      const input = { idempotencyKey: 'k1', name: '张三', division: '390106', localId: 'X-1', basisReference: 'b-1' };
      const query = 'mutation ($input: RegisterPersonInput!) { registerPerson(input: $input) { person { id } } }';
      const { data, errors } = await (await school()).ask(query, { input });
      expect([data, codesAndPaths({ errors })]).toEqual([{ registerPerson: null }, ['FORBIDDEN_FIELD registerPerson']]);
      const found = await (await school()).ask('{ personByLocalId(localId: "X-1") { id } }');
      expect(found.data).toEqual({ personByLocalId: null });
    });
  });

  describe('case 28: what is computed from the forbidden', () => {
    const timeline = `query ($id: ID!) { person(id: $id) { lifeStages
    timeline(first: 200) { edges { node { department category code title } } gaps { department reason } } } }`;
    const categoriesOf = async (asking: Caller) => {
      const { data } = await asking.ask(timeline, { id: pupil.id });
      const edges: { node: { category: string } }[] = data.person.timeline.edges;
      return { categories: [...new Set(edges.map(({ node }) => node.category))].sort(), ...data.person };
    };

    test('the timeline shows events of the permitted categories alone, by scope and by basis', async () => {
      const { categories, timeline: shown } = await categoriesOf(await school('health:visits:read'));
      expect(categories).toEqual([
        'education:assessment',
        'education:enrolment',
        'education:protection',
        'health:visits',
      ]);
      expect(shown.gaps.map(({ department }: { department: string }) => department)).toEqual([
        'CIVIL_AFFAIRS',
        'JUSTICE',
        'WOMENS_FEDERATION',
        'UNION',
      ]);
    });

    test('without the scope the consent shows nothing either', async () => {
      const { categories, timeline: shown } = await categoriesOf(await school());
      expect(categories.filter((category: string) => category.startsWith('health'))).toEqual([]);
      expect(shown.gaps).toContainEqual({ department: 'HEALTH', reason: 'NOT_PERMITTED' });
    });

    test('a gap of what one may not see does not tell whether the department knows the person', async () => {
      const gaps = async (id: string) => {
        const { data } = await (await worker(stack, 'health-worker')).ask(timeline, { id });
        return data.person?.timeline.gaps;
      };
      const known = stack.world.people
        .slice(0, IN_CARE)
        .filter(({ localIds, story }) => localIds.health.length > 0 && story === null);
      const withUnion = known.find(({ localIds }) => localIds.union.length > 0);
      const without = known.find(({ localIds }) => localIds.union.length === 0);
      if (!withUnion || !without) throw new Error('the made-up district lacks one of the two');
      expect(await gaps(hubIdOf(stack.world, withUnion))).toEqual(await gaps(hubIdOf(stack.world, without)));
    });

    test("a facet's own events do the same", async () => {
      const query = 'query ($id: ID!) { person(id: $id) { health { events { category } truncatedBefore } } }';
      const { data } = await (await school('health:follow-up:read')).ask(query, { id: pupil.id });
      const events: { category: string }[] = data.person.health.events;
      expect(new Set(events.map(({ category }) => category))).toEqual(new Set(['health:follow-up']));
    });

    test('the stage of life that follows from a school record shows to who may see that record', async () => {
      expect((await categoriesOf(await school())).lifeStages).toContain('STUDENT');
      expect((await categoriesOf(await caller(stack, 'justice-system'))).lifeStages).not.toContain('STUDENT');
      expect((await categoriesOf(await caller(stack, 'health-system'))).lifeStages).not.toContain('STUDENT');
    });
  });
});
