import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { FAULT_CODES } from '../../adapters/shared/faults.contract.ts';
import { PROFILE } from '../demo/queries.ts';
import { storyOf } from '../harness/care-seed.ts';
import { type Caller, worker } from '../harness/caller.ts';
import { expectNothingInside } from '../harness/expect-denied.ts';
import { codesAndPaths, type HubAnswer } from '../harness/hub-client.ts';
import { type Stack, startStack } from '../harness/start-stack.ts';
import { until } from '../harness/until.ts';
import { type Fault, FAULTS } from '../systems/shared/department-system.ts';

const REQUEST_TIMEOUT_MS = 4_000;
const DEPARTMENT_TIMEOUT_MS = '600';

/** One category each, which the girl of the story has records of; so that a fault does not open the circuit breaker. */
const ONE_CATEGORY = {
  education: ['education', 'enrolment { school }'],
  health: ['health', 'visits { date }'],
  'civil-affairs': ['civilAffairs', 'assistance { kind }'],
  justice: ['justice', 'mediation { stage }'],
  'womens-federation': ['womensFederation', 'familySupport { kind }'],
  union: ['union', 'hardshipAid { kind }'],
} as const;
type Slug = keyof typeof ONE_CATEGORY;
const SLUGS = Object.keys(ONE_CATEGORY) as Slug[];
const fieldOf = (slug: Slug) => ONE_CATEGORY[slug][0];

const FACETS = `query ($id: ID!) { person(id: $id) { id ${Object.values(ONE_CATEGORY)
  .map(([field, category]) => `${field} { source { status asOf } ${category} }`)
  .join(' ')} } }`;

/** Files that come late, half or as nonsense leave the last good ones in force; only without the folder there is nothing. */
const OLD_FILES = 'CACHED';
const OF_THEIR_OWN: Readonly<Partial<Record<Slug, Partial<Record<Fault, string>>>>> = {
  // A database's protocol has no pages of HTML: the connection is broken, as by a cut.
  justice: { 'html-200': 'SOURCE_UNAVAILABLE', 'cut-off': 'SOURCE_UNAVAILABLE' },
  'womens-federation': {
    slow: OLD_FILES,
    hang: OLD_FILES,
    'html-200': OLD_FILES,
    'cut-off': OLD_FILES,
    garbage: OLD_FILES,
    // No new file at night: yesterday's stand, and are all that there is to have.
    // Tonight's files, which the hub has read, are gone again: what it holds is no longer the newest that lies there.
    maintenance: OLD_FILES,
  },
};
const outcomeOf = (slug: Slug, fault: Fault): string => OF_THEIR_OWN[slug]?.[fault] ?? FAULT_CODES[fault];

let stack: Stack;
let caseManager: Caller;
let id: string;
beforeAll(async () => {
  const timeouts = SLUGS.map((slug) => [
    `${slug.replaceAll('-', '_').toUpperCase()}_TIMEOUT_MS`,
    DEPARTMENT_TIMEOUT_MS,
  ]);
  stack = await startStack({
    environment: {
      ...Object.fromEntries(timeouts),
      REQUEST_TIMEOUT_MS: String(REQUEST_TIMEOUT_MS),
      SUBGRAPH_TIMEOUT_MS: String(REQUEST_TIMEOUT_MS / 2),
      WOMENS_FEDERATION_CHECK_SECONDS: '0',
    },
  });
  caseManager = await worker(stack, 'health-worker');
  id = storyOf(stack.world, 'pupil-in-crisis').id;
}, 60_000);
afterAll(() => stack.close());

/** Asks while one department is broken, and mends it whatever comes. */
async function whileBroken(slug: Slug, fault: Fault, query = FACETS): Promise<HubAnswer & { tookMs: number }> {
  await stack.systems.break(slug, fault);
  const started = performance.now();
  try {
    return { ...(await caseManager.ask(query, { id })), tookMs: performance.now() - started };
  } finally {
    await stack.systems.break(slug, null);
  }
}

async function statusOf(slug: Slug): Promise<string | undefined> {
  const { data } = await caseManager.ask(FACETS, { id });
  return data.person[fieldOf(slug)]?.source.status;
}

describe.each(SLUGS)('%s', (slug) => {
  const others = SLUGS.filter((other) => other !== slug);

  test.each(FAULTS.map((fault) => [fault, outcomeOf(slug, fault)] as const))(
    '%s: %s, and all others',
    async (fault, outcome) => {
      const answer = await whileBroken(slug, fault);
      const { person } = answer.data;
      expect(others.map((other) => person[fieldOf(other)]?.source.status)).toEqual(others.map(() => 'CURRENT'));
      if (!outcome.startsWith('SOURCE_')) {
        expect(person[fieldOf(slug)].source).toEqual({ status: outcome, asOf: expect.any(String) });
        expect(answer.errors).toEqual([]);
      } else {
        expect(person[fieldOf(slug)]).toBeNull();
        expect(answer.errors).toEqual([
          {
            message: expect.any(String),
            path: ['person', fieldOf(slug)],
            extensions: { code: outcome, department: slug },
          },
        ]);
      }
      expect(answer.tookMs).toBeLessThan(REQUEST_TIMEOUT_MS);
      expectNothingInside(answer);
      await until(async () => (await statusOf(slug)) === 'CURRENT');
    },
  );
});

test('a department that failed so often that it was left alone comes back by itself', async () => {
  for (let times = 0; times < 3; times += 1) await whileBroken('health', 'down', PROFILE);
  await until(async () => (await statusOf('health')) === 'CURRENT');
});

test('case 45: all six hang: the person is there in time, with a reason for each', async () => {
  await Promise.all(SLUGS.map((slug) => stack.systems.break(slug, 'hang')));
  const started = performance.now();
  const { data, errors } = await caseManager.ask(PROFILE, { id });
  await Promise.all(SLUGS.map((slug) => stack.systems.break(slug, null)));
  expect(performance.now() - started).toBeLessThan(REQUEST_TIMEOUT_MS);
  expect(data.person).toMatchObject({ id, maskedName: '林**' });
  const live = SLUGS.filter((slug) => slug !== 'womens-federation');
  expect(codesAndPaths({ errors })).toEqual(live.map((slug) => `SOURCE_TIMEOUT person.${fieldOf(slug)}`).sort());
  const gaps: { department: string; reason: string }[] = data.person.timeline.gaps;
  expect(gaps.filter(({ reason }) => reason === 'UNAVAILABLE')).toHaveLength(live.length);
});
