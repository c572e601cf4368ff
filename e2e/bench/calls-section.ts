import { departmentsOf, readDeployment } from '../../schema/departments.ts';
import { PROFILE } from '../demo/queries.ts';
import { hubIdOf, storyOf } from '../harness/care-seed.ts';
import { askHub, codesAndPaths } from '../harness/hub-client.ts';
import type { Stack } from '../harness/start-stack.ts';
import type { DepartmentSlug } from '../systems/world/model.ts';
import { markdownTable } from './markdown-table.ts';

const PERSONS_AT_MOST = 20;
const departments = departmentsOf(readDeployment());

/** `persons(ids:)` with the selection of the profile. */
const PROFILES = PROFILE.replace('query CareProfile($id: ID!)', 'query CareProfiles($ids: [ID!]!)').replace(
  'person(id: $id)',
  'persons(ids: $ids)',
);

/** What the departments are asked for one profile and for twenty, by the counters of their own systems. */
export async function callsSection(stack: Stack): Promise<string> {
  const rows: (readonly string[])[] = [];
  const ofOneProfile = await callsOf(stack, () => profileOfPupil(stack));
  for (const { slug, categories } of departments) {
    const client = `${slug}-system`;
    const ids = knownTo(stack, slug as DepartmentSlug);
    const one = await callsOf(stack, () => profiles(stack, client, ids.slice(0, 1)));
    const all = await callsOf(stack, () => profiles(stack, client, ids));
    const asked = categories.map((category) => category.slug).join(', ');
    rows.push([slug, asked, shown(ofOneProfile[slug]), shown(one[slug]), `${shown(all[slug])} (${ids.length} people)`]);
  }
  const head = [
    'department',
    'categories asked',
    'the pupil, all six',
    'one person of its own',
    'up to 20 by persons(ids:)',
  ];
  return markdownTable(head, rows);
}

type Calls = Readonly<Record<string, Readonly<Record<string, number>>>>;

async function callsOf({ systems }: Stack, ask: () => Promise<void>): Promise<Calls> {
  // Once before counting: tokens are fetched and files are read when they are first needed.
  await ask();
  await systems.resetCalls();
  await ask();
  return systems.calls();
}

async function profileOfPupil({ signIn, gateway, world }: Stack): Promise<void> {
  const token = await signIn.signIn('health-worker');
  const answer = await askHub(gateway, {
    token,
    query: PROFILE,
    variables: { id: storyOf(world, 'pupil-in-crisis').id },
  });
  if (answer.errors.length > 0) throw new Error(`no whole profile: ${codesAndPaths(answer).join(', ')}`);
}

/** A department's own client sees its own facet of each: the other facets are forbidden fields. */
async function profiles({ signIn, gateway }: Stack, client: string, ids: readonly string[]): Promise<void> {
  const token = await signIn.tokenFor(client);
  const { data } = await askHub(gateway, { token, query: PROFILES, variables: { ids } });
  const people: readonly unknown[] = data?.persons ?? [];
  if (people.length !== ids.length || people.includes(null))
    throw new Error(`${client} does not see all whom it knows`);
}

/** Hub ids of people in care whom the department knows, where its client may look. */
function knownTo({ world }: Stack, slug: DepartmentSlug): readonly string[] {
  const district = world.people[0]?.division.slice(0, 6) ?? '';
  return world.people
    .filter(({ localIds, division, story }) => {
      return localIds[slug].length > 0 && division.startsWith(district) && story === null;
    })
    .slice(0, PERSONS_AT_MOST)
    .map((person) => hubIdOf(world, person));
}

function shown(calls: Readonly<Record<string, number>> = {}): string {
  const counted = Object.entries(calls).map(([what, times]) => `${what} ${times}`);
  return counted.length === 0 ? '–' : counted.join(', ');
}
