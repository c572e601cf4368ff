import type { Answer } from '../../gateway/engine/compared-engine.fixture.ts';
import type { Contest } from './contest.ts';
import { type Seen, seen, type Verdict, verdict } from './judge.ts';
import type { RenderedOperation } from './render-operation.ts';

export interface Judged {
  readonly verdict: Verdict;
  readonly ours: Seen;
  /** `null` for introspection, where Apollo's library knows less than graphql-js. */
  readonly oracle: Seen | null;
  readonly whole: Seen;
}

/** Asks everybody the same, and judges. */
export async function askAll(contest: Contest, operation: RenderedOperation): Promise<Judged> {
  const introspects = /__(schema|type)\b/.test(operation.text);
  const oracle = introspects ? null : seen(await contest.ask('apollo', operation).catch(thrown));
  const ours = seen(await contest.ask('hub', operation).catch(thrown));
  const whole = seen(await contest.whole(operation));
  return { verdict: verdict({ ours, oracle, whole }), ours, oracle, whole };
}

function thrown(error: unknown): Answer {
  const message = error instanceof Error ? error.message : String(error);
  return { data: null, errors: [{ message, extensions: { code: `THROWN ${message}` } }] };
}
