import { describe, expect, test } from '@jest/globals';
import type { DepartmentSource } from '../../adapters/shared/source.ts';
import type { DepartmentSystem } from '../../e2e/systems/shared/department-system.ts';
import type { World } from '../../e2e/systems/world/model.ts';
import { type DepartmentUnderTest, departmentUnderTest, type GrantChanges } from './department-subgraph.fixture.ts';
import type { DepartmentModule } from './department-subgraph.ts';
import type { AccessBasis } from './grant.ts';

interface DepartmentClaims<Source extends DepartmentSource> {
  readonly subgraph: DepartmentModule<Source>;
  readonly startSystem: (options: { readonly world: World }) => Promise<DepartmentSystem>;
  /** Every title that the timeline shows of the sample world: it names services, never what is in their records. */
  readonly titles: readonly string[];
  /** False where there is nothing to count, such as a folder of files. */
  readonly callsAreCounted?: boolean;
}

interface Under<Source> extends DepartmentUnderTest<Source> {
  readonly callsAreCounted: boolean;
}

/**
 * What every department's subgraph must do, over its adapter and its sample system. Gives back what the department's own
 * claims need.
 */
export function describeDepartmentSubgraph<Source extends DepartmentSource>({
  subgraph,
  startSystem,
  titles,
  callsAreCounted = true,
}: DepartmentClaims<Source>): DepartmentUnderTest<Source> {
  const it = { ...departmentUnderTest(subgraph, startSystem), callsAreCounted };
  describe(`the subgraph of ${subgraph.name}`, () => {
    describeGrants(it);
    describeReads(it);
    describeFailures(it);

    test('the timeline names services, and nothing of what is in their records', async () => {
      const { facets, errors } = await it.ask('events { title }', await everybody(it, { basis: 'OWN_RECORD' }));
      expect(errors).toEqual([]);
      const shown = facets.flatMap(({ events }) => events.map(({ title }: { title: string }) => title));
      expect([...new Set(shown)].toSorted()).toEqual([...titles].toSorted());
    });
  });
  return it;
}

function describeGrants<Source>(it: Under<Source>): void {
  const { slug, categories } = it.department;
  const fields = `${categories.map(({ field }) => `${field} { __typename }`).join(' ')} events { category }`;
  const REFUSED: Readonly<Record<string, GrantChanges>> = {
    'for another department': { audience: 'another' },
    'about another person': { personId: 'person-2' },
    'of another request': { requestId: 'request-2' },
    'for another purpose': { purpose: 'STATISTICS' },
    'of another client': { actor: 'another-system' },
    'of nothing': { categories: [] },
  };

  test.each(Object.entries(REFUSED))(
    'cases 30, 33: a grant %s answers nothing and asks nothing',
    async (_, changes) => {
      await expectNothing(it, await it.personWith(someIds(it), changes), fields);
    },
  );

  test.each([undefined, null, '', 'forged', 7, {}])('case 29: %j is no grant', async (grant) => {
    const person = { __typename: 'Person', id: 'person-1', [it.department.grantField]: grant };
    await expectNothing(it, person, fields);
  });

  test.each(categories)('case 28: of $slug alone nothing else is asked, answered or an event', async (category) => {
    it.system().resetCalls();
    const changes = { categories: [category.slug], basis: 'OWN_RECORD' } as const;
    const { facets, errors } = await it.ask(fields, [await it.personWith(someIds(it), changes)]);
    expect(Object.keys(callsOf(it))).toEqual(it.callsAreCounted ? [category.slug] : []);
    const others = categories.filter(({ slug: other }) => other !== category.slug).map(({ field }) => field);
    expect(facets[0]).toMatchObject(Object.fromEntries(others.map((field) => [field, null])));
    expect(facets[0][category.field].length).toBeGreaterThan(0);
    expect(new Set(facets[0].events.map((event: { category: string }) => event.category))).toEqual(
      new Set([`${slug}:${category.slug}`]),
    );
    expect(errors.map(({ extensions, path }) => [extensions.code, path.at(-1)])).toEqual(
      others.map((field) => ['NO_BASIS', field]),
    );
  });
}

async function expectNothing<Source>(it: Under<Source>, person: object, fields: string): Promise<void> {
  it.system().resetCalls();
  const { facets, errors } = await it.ask(fields, [person]);
  expect(facets).toEqual([null]);
  expect(errors.map(({ extensions }) => extensions.code)).toEqual(['NO_BASIS']);
  expect(it.system().calls()).toEqual({});
}

/** Far from the 2.5 s of a slow system, and from what a call takes on a busy machine: close to either, chance would decide. */
const SHORT_DEADLINE_MS = 1_000;

function describeReads<Source>(it: Under<Source>): void {
  const { code, categories } = it.department;
  const fields = `source { department status } ${categories.map(({ field }) => `${field} { __typename }`).join(' ')}`;

  test('twenty people cost one call a category', async () => {
    it.system().resetCalls();
    const { facets, errors } = await it.ask(fields, (await everybody(it)).slice(0, 20));
    expect([facets.length, errors]).toEqual([20, []]);
    expect(callsOf(it)).toEqual(it.callsAreCounted ? Object.fromEntries(categories.map(({ slug }) => [slug, 1])) : {});
  });

  test('records that only the department itself sees stand in categories marked sealable, and nowhere else', async () => {
    const rows = categories.map(({ field }) => `${field} { __typename }`).join(' ');
    const counted = async (basis: AccessBasis) => {
      const { facets } = await it.ask(rows, await everybody(it, { basis }));
      return categories.map(({ field }) => facets.reduce((sum, facet) => sum + facet[field].length, 0));
    };
    const [own, others] = [await counted('OWN_RECORD'), await counted('CONSENT')];
    const hidden = categories.filter((_, i) => own[i] > others[i]);
    expect(hidden).toEqual(categories.filter(({ sealable }) => sealable));
  });

  test('somebody without a local id there is not known', async () => {
    const { facets, errors } = await it.ask(fields, [await it.personWith([])]);
    const nothing = Object.fromEntries(categories.map(({ field }) => [field, []]));
    expect({ facets, errors }).toEqual({
      facets: [{ source: { department: code, status: 'NOT_KNOWN' }, ...nothing }],
      errors: [],
    });
  });

  test.each([null, 'slow', 'down'] as const)(
    'case 68: whether the department knows somebody is told by no call and no error, when its system is %s',
    async (fault) => {
      // Slow, one category: the justice bureau's sample database has one session, so a second statement would come to it as
      // the first one's deadline passes, or not.
      const [{ field } = { field: '' }] = categories;
      const asks = fault === 'slow' ? `${field} { __typename }` : fields;
      const asked = async (localIds: readonly string[]) => {
        const source = it.anotherSource(fault === 'slow' ? SHORT_DEADLINE_MS : undefined);
        await it.system().break(fault);
        it.system().resetCalls();
        const { facets, errors } = await it.ask(asks, [await it.personWith(localIds)], source);
        await it.system().break(null);
        await source.close();
        const codes = errors.map(({ path, extensions }) => [path, extensions.code]);
        return { calls: it.system().calls(), codes, isThere: facets.map((facet) => facet !== null) };
      };
      const known = await asked(someIds(it).slice(0, 1));
      const unknown = await asked([]);
      expect(unknown).toEqual(known);
      // Where a token is fetched first, a slow system comes to an answer for neither.
      if (fault !== 'slow') expect(known.isThere).toEqual([fault === null]);
    },
  );
}

function describeFailures<Source>(it: Under<Source>): void {
  test('a department that is down is one coded error, and is well again after it', async () => {
    const [{ field } = { field: '' }] = it.department.categories;
    const ask = async () => it.ask(`${field} { __typename } source { status }`, [await it.personWith(someIds(it))]);
    await it.system().break('down');
    const { facets, errors } = await ask();
    await it.system().break(null);
    expect(facets).toEqual([null]);
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['SOURCE_UNAVAILABLE']);
    expect((await ask()).errors).toEqual([]);
  });
}

/** As many local ids as one call carries anywhere. */
const someIds = <Source>(it: Under<Source>) => it.world.people.flatMap(it.idsOf).slice(0, 100);

/** All persons whom the department knows. */
async function everybody<Source>(it: Under<Source>, changes: GrantChanges = {}) {
  const known = it.world.people.filter((person) => it.idsOf(person).length > 0);
  return Promise.all(known.map(async (person) => it.personWith(it.idsOf(person), { ...changes, id: person.id })));
}

/** Calls for categories, without those for tokens and the like. */
function callsOf<Source>(it: Under<Source>): Readonly<Record<string, number>> {
  const { categories } = it.department;
  return Object.fromEntries(
    Object.entries(it.system().calls()).filter(([call]) => categories.some(({ slug }) => slug === call)),
  );
}
