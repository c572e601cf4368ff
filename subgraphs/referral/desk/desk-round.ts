import { SourceError } from '../../../adapters/shared/source-error.ts';
import { bringBack } from './bring-back.ts';
import { bringOver, type DeskServices } from './bring-over.ts';
import type { DeskState } from './desk-state.ts';

interface RoundOptions {
  readonly state: DeskState;
  /** Told after each page of either direction. */
  readonly keep: (state: DeskState) => void;
  readonly signal?: AbortSignal;
}

export interface Round {
  readonly state: DeskState;
  readonly delivered: number;
  readonly answered: number;
  /** Of the directions that did not get to their end. */
  readonly failures: readonly SourceError[];
}

/** Both directions to their present end. One that fails does not hold up the other. */
export async function deskRound(services: DeskServices, { keep, signal, ...begin }: RoundOptions): Promise<Round> {
  let { state } = begin;
  let delivered = 0;
  let answered = 0;
  const step = (changes: Partial<DeskState>) => {
    state = { ...state, ...changes };
    keep(state);
  };
  const over = async () => {
    const page = await bringOver(services, state.changes);
    delivered += page.delivered;
    step({ changes: page.next });
    return page.more;
  };
  const back = async () => {
    const page = await bringBack(services, state.answers);
    answered += page.done;
    step({ answers: page.next });
    return page.more;
  };
  const isStopped = () => signal?.aborted === true;
  const failures: SourceError[] = [];
  const toItsEnd = async (direction: () => Promise<boolean>) => {
    try {
      for (let more = !isStopped(); more;) more = (await direction()) && !isStopped();
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      failures.push(error);
    }
  };
  await toItsEnd(over);
  await toItsEnd(back);
  // What was answered made new versions: the department is told of them in the same round.
  if (answered > 0) await toItsEnd(over);
  return { state, delivered, answered, failures };
}
