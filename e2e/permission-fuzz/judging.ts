import { parse, validate } from 'graphql';
import type { PickedOperation } from '../oracle/picked-operation.ts';
import { type RenderedOperation, renderOperation } from '../oracle/render-operation.ts';
import { apiSchema } from './api-schema.ts';
import type { Arena, Way } from './arena.ts';
import { expectedAnswer } from './reference/answer.ts';
import type { Asking } from './reference/asking.ts';
import type { Shown } from './reference/shown.ts';
import { verdictOn } from './verdict.ts';
import type { World } from './world/facts.ts';

/** Who asks what. */
export interface Question {
  readonly asking: Asking;
  readonly picked: PickedOperation;
}

/** What is wrong, and where it was. */
export interface Found {
  readonly what: string;
  readonly way: Way;
}

/** What was asked so far. */
export interface Counts {
  asked: number;
  /** Of these, in how many answers somebody was shown. */
  shown: number;
  /** Larger than the hub takes. */
  tooLarge: number;
  /** Not answered in time: the machine has too much else to do. */
  late: number;
  /** Where Apollo’s engine told of what a condition left out, as it is known to. */
  apollosErrors: number;
  /** How often each basis had shown something. */
  readonly bases: Map<string, number>;
}

export interface Judging {
  /** Asks in every way in turn; `null` = each was answered and recorded as it should be. */
  judged(question: Question): Promise<Found | null>;
  /** The same of an operation in words. */
  judgedText(asking: Asking, operation: RenderedOperation): Promise<Found | null>;
  readonly counts: Counts;
}

/** What says nothing of permissions: the hub refused it whole, or the machine was too slow. */
const UNASKED = [
  ['LIMIT_EXCEEDED', 'tooLarge'],
  ['SOURCE_TIMEOUT', 'late'],
  ['SOURCE_UNAVAILABLE', 'late'],
] as const;

export interface Played {
  readonly arena: Arena;
  readonly world: World;
  readonly ways: readonly Way[];
}

export function judging({ arena, world, ways }: Played): Judging {
  const counts: Counts = { asked: 0, shown: 0, tooLarge: 0, late: 0, apollosErrors: 0, bases: new Map() };
  const judgedText: Judging['judgedText'] = async (asking, operation) => {
    const expected = await expectedAnswer(operation, { asking, world });
    let whole = true;
    for (const way of ways) {
      const { answer, records } = await arena.ask(way, { operation, asking });
      const unasked = UNASKED.find(([code]) => answer.errors.some(({ extensions }) => extensions.code === code));
      if (unasked !== undefined) {
        if (whole) counts[unasked[1]] += 1;
        whole = false;
        continue;
      }
      const { what, apollos } = verdictOn(expected, { way, text: operation.text, asking, answer, records });
      if (what !== null) return { what, way };
      if (apollos) counts.apollosErrors += 1;
    }
    if (whole) count(counts, expected.shown);
    return null;
  };
  return { counts, judgedText, judged: async ({ asking, picked }) => judgedText(asking, rendered(picked)) };
}

function count(counts: Counts, { persons }: Shown): void {
  const shown = [...persons.values()];
  counts.asked += 1;
  if (shown.some(({ coordinates }) => coordinates.size > 0)) counts.shown += 1;
  const reasons = shown.flatMap(({ categories }) => [...categories.values()].flatMap(([first]) => first ?? []));
  for (const basis of new Set(reasons.map((one) => one.basis)))
    counts.bases.set(basis, (counts.bases.get(basis) ?? 0) + 1);
}

/** The operation in words; throws where the generator made one that is not valid. */
export function rendered(picked: PickedOperation): RenderedOperation {
  const operation = renderOperation(apiSchema(), picked);
  const mistakes = validate(apiSchema(), parse(operation.text));
  if (mistakes.length > 0) throw new Error(`generated what is not valid: ${mistakes.join()} in ${operation.text}`);
  return operation;
}
