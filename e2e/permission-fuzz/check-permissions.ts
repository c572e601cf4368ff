import fc, { type Arbitrary } from 'fast-check';
import { parse, validate } from 'graphql';
import type { PickedOperation } from '../oracle/picked-operation.ts';
import { type RenderedOperation, renderOperation } from '../oracle/render-operation.ts';
import { shrinkOperation } from '../oracle/shrink-operation.ts';
import { apiSchema } from './api-schema.ts';
import { isApollosLess } from './apollos-less.ts';
import type { Arena, Way } from './arena.ts';
import { callers } from './callers.ts';
import { wrongAnswer } from './compare-answers.ts';
import { wrongRecord } from './compare-records.ts';
import { aimedAt, operations } from './operations.ts';
import { expectedAnswer } from './reference/answer.ts';
import type { Asking } from './reference/asking.ts';
import type { Shown } from './reference/shown.ts';
import type { World } from './world/facts.ts';

/** Something that a hub showed, withheld or recorded otherwise than domain.md says. */
export interface Finding {
  readonly what: string;
  readonly way: Way;
  readonly asking: Asking;
  readonly operation: RenderedOperation;
  /** What the generator starts from to meet it again at once. */
  readonly path: string;
}

export interface Checked {
  readonly asked: number;
  /** Of these, in how many answers somebody was shown. */
  readonly shown: number;
  /** Larger than the hub takes. */
  readonly tooLarge: number;
  /** Not answered in time: the machine has too much else to do. */
  readonly late: number;
  /** Where Apollo's engine showed less, as it is known to. */
  readonly apollosLess: number;
  /** How often each basis had shown something. */
  readonly bases: ReadonlyMap<string, number>;
  readonly finding: Finding | null;
}

interface Budget {
  readonly seed: number;
  readonly runs: number;
  readonly path?: string;
  readonly untilMs?: number;
}

interface Found {
  readonly what: string;
  readonly way: Way;
}

/** What says nothing of permissions: the hub refused it whole, or the machine was too slow. */
const UNASKED = [
  ['LIMIT_EXCEEDED', 'tooLarge'],
  ['SOURCE_TIMEOUT', 'late'],
  ['SOURCE_UNAVAILABLE', 'late'],
] as const;

/** Random callers ask random operations in each of these ways, until one is answered or recorded wrong. */
export async function checkPermissions(
  { arena, world, ways }: { arena: Arena; world: World; ways: readonly Way[] },
  { seed, runs, path = '', untilMs = Infinity }: Budget,
): Promise<Checked> {
  const counts = { asked: 0, shown: 0, tooLarge: 0, late: 0, apollosLess: 0 };
  const bases = new Map<string, number>();
  const judged = async (asking: Asking, picked: PickedOperation): Promise<Found | null> => {
    const operation = rendered(picked);
    const expected = await expectedAnswer(operation, { asking, world });
    for (const way of ways) {
      const { answer, records } = await arena.ask(way, { operation, asking });
      const unasked = UNASKED.find(([code]) => answer.errors.some(({ extensions }) => extensions.code === code));
      if (unasked !== undefined) {
        counts[unasked[1]] += 1;
        return null;
      }
      const what = wrongAnswer(expected, answer) ?? wrongRecord(expected, { asking, records });
      if (what === null) continue;
      if (!way.startsWith('apollo') || !isApollosLess(operation.text, expected, answer)) return { what, way };
      counts.apollosLess += 1;
    }
    counts.asked += 1;
    for (const basis of basesIn(expected.shown)) bases.set(basis, (bases.get(basis) ?? 0) + 1);
    if ([...expected.shown.persons.values()].some(({ coordinates }) => coordinates.size > 0)) counts.shown += 1;
    return null;
  };
  let met: Found | null = null;
  const found = await fc.check(
    fc.asyncProperty(questions(world), async ([asking, picked]) => {
      if (Date.now() > untilMs) return true;
      met = await judged(asking, picked);
      return met === null;
    }),
    { seed, numRuns: runs, path, endOnFailure: true },
  );
  if (found.counterexample === null) return { ...counts, bases, finding: null };
  if (found.errorInstance instanceof Error && !/returning false/.test(found.errorInstance.message))
    throw found.errorInstance;
  const [[asking, failing]] = found.counterexample;
  const again = await judged(asking, failing);
  if (again === null)
    return { ...counts, bases, finding: { ...once(met), asking, operation: rendered(failing), path: '' } };
  const smallest = await shrinkOperation(
    failing,
    async (candidate) => kindOf(await judged(asking, candidate)) === kindOf(again),
  );
  const last = (await judged(asking, smallest)) ?? again;
  const finding = { ...last, asking, operation: rendered(smallest), path: found.counterexamplePath ?? '' };
  return { ...counts, bases, finding };
}

const basesIn = ({ persons }: Shown): ReadonlySet<string> =>
  new Set(
    [...persons.values()].flatMap(({ categories }) =>
      [...categories.values()].flatMap(([first]) => first?.basis ?? []),
    ),
  );

/** Each about one person, more or less. */
const questions = (world: World): Arbitrary<readonly [Asking, PickedOperation]> =>
  fc
    .tuple(fc.constantFrom(...world.persons), operations())
    .chain(([person, picked]) =>
      callers(person, world).map((asking) => [asking, aimedAt(person, world, picked)] as const),
    );

/** Asked again it was right: no state of a request may show in another, so this is a finding as well. */
const once = (met: Found | null): Found => ({
  what: `${met?.what}, and not when asked again`,
  way: met?.way ?? 'hub/process',
});

/** What is wrong, roughly: shrinking shall not end with another mistake. */
const kindOf = (found: Found | null): string | null => found && found.what.split(/[\s:]/).slice(0, 2).join(' ');

function rendered(picked: PickedOperation): RenderedOperation {
  const operation = renderOperation(apiSchema(), picked);
  const mistakes = validate(apiSchema(), parse(operation.text));
  if (mistakes.length > 0) throw new Error(`generated what is not valid: ${mistakes.join()} in ${operation.text}`);
  return operation;
}
