import fc, { type Arbitrary } from 'fast-check';
import type { RenderedOperation } from '../oracle/render-operation.ts';
import { shrinkOperation } from '../oracle/shrink-operation.ts';
import { callers } from './callers.ts';
import { type Counts, type Found, type Judging, judging, type Played, type Question, rendered } from './judging.ts';
import { aimedAt, operations } from './operations.ts';
import type { Asking } from './reference/asking.ts';
import type { World } from './world/facts.ts';

/** Something that a hub showed, withheld or recorded otherwise than domain.md says. */
export interface Finding extends Found {
  readonly asking: Asking;
  readonly operation: RenderedOperation;
  /** What the generator starts from to meet it again at once. */
  readonly path: string;
}

export interface Checked extends Counts {
  readonly finding: Finding | null;
}

interface Budget {
  readonly seed: number;
  /** So often up to three ask at a time. */
  readonly runs: number;
  readonly path?: string;
  readonly untilMs?: number;
}

/** Random callers ask random operations in each of these ways, until one is answered or recorded wrong. */
export async function checkPermissions(
  played: Played,
  { seed, runs, path = '', untilMs = Infinity }: Budget,
): Promise<Checked> {
  const { judged, counts } = judging(played);
  let met: (Question & Found) | null = null;
  const found = await fc.check(
    fc.asyncProperty(atATime(played.world), async (questions) => {
      if (Date.now() > untilMs) return true;
      const verdicts = await Promise.all(questions.map(async (one) => ({ one, wrong: await judged(one) })));
      const [first] = verdicts.flatMap(({ one, wrong }) => (wrong === null ? [] : [{ ...one, ...wrong }]));
      met = first ?? met;
      return first === undefined;
    }),
    { seed, numRuns: runs, path, endOnFailure: true },
  );
  if (found.errorInstance instanceof Error && !/returning false/.test(found.errorInstance.message))
    throw found.errorInstance;
  if (met === null) return { ...counts, finding: null };
  return { ...counts, finding: await smallestOf(met, { judged, path: found.counterexamplePath ?? '' }) };
}

/** The smallest operation that is still answered wrong, by itself. */
async function smallestOf(
  met: Question & Found,
  { judged, path }: Pick<Judging, 'judged'> & { path: string },
): Promise<Finding> {
  const { asking, picked, way } = met;
  const alone = await judged(met);
  // Asked alone it was right: nothing of another request may show in this one, so it is a finding as well.
  if (alone === null) return { what: `${met.what}; not alone`, way, asking, operation: rendered(picked), path };
  const smallest = await shrinkOperation(
    picked,
    async (candidate) => kindOf(await judged({ asking, picked: candidate })) === kindOf(alone),
  );
  const last = (await judged({ asking, picked: smallest })) ?? alone;
  return { ...last, asking, operation: rendered(smallest), path };
}

/** Of one or several at a time, so that calls which leave together for a subgraph are different callers'. */
const atATime = (world: World): Arbitrary<readonly Question[]> =>
  fc.array(questionsAbout(world), { minLength: 1, maxLength: 3, size: 'max' });

/** Each about one person, more or less. */
const questionsAbout = (world: World): Arbitrary<Question> =>
  fc
    .tuple(fc.constantFrom(...world.persons), operations())
    .chain(([person, picked]) =>
      callers(person, world).map((asking) => ({ asking, picked: aimedAt(person, world, picked) })),
    );

/** What is wrong, roughly: shrinking shall not end with another mistake. */
const kindOf = (found: Found | null): string | null => found && found.what.split(/[\s:]/).slice(0, 2).join(' ');
