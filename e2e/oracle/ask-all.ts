import type { Answer, ComparedOperation } from '../../gateway/engine/compared-engine.fixture.ts';
import type { Contest } from './contest.ts';
import { type Seen, seen, type Verdict, verdict } from './judge.ts';

export interface Judged {
  readonly verdict: Verdict;
  readonly ours: Seen;
  /** `null` for introspection, where Apollo's library knows less than graphql-js. */
  readonly oracle: Seen | null;
  readonly whole: Seen;
}

/** Asks everybody the same, and judges. */
export async function askAll(contest: Contest, operation: ComparedOperation): Promise<Judged> {
  const introspects = /__(schema|type)\b/.test(operation.text);
  const oracle = introspects ? null : seen(await contest.ask('apollo', operation).catch(thrown));
  // Two at once: they may share calls, and nothing else.
  const both = [contest.ask('hub', operation).catch(thrown), contest.ask('hub', operation).catch(thrown)];
  const [ours = NOTHING, twin] = (await Promise.all(both)).map(seen);
  const whole = seen(await contest.whole(operation));
  const isSame = JSON.stringify(ours) === JSON.stringify(twin);
  const judged = isSame
    ? verdict({ ours, oracle, whole, conditional: /@(skip|include)/.test(operation.text) })
    : ({ kind: 'wrong', what: 'twins differ' } as const);
  return { verdict: judged, ours, oracle, whole };
}

const NOTHING: Seen = { data: '', errors: [] };

function thrown(error: unknown): Answer {
  const message = error instanceof Error ? error.message : String(error);
  return { data: null, errors: [{ message, extensions: { code: `THROWN ${message}` } }] };
}
