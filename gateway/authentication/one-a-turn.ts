import { GraphQLError } from 'graphql';

/** Begins such work when it is its turn. Throws `RATE_LIMITED` (429) where too much of it waits already. */
type InTurn = <T>(work: () => Promise<T>) => Promise<T>;

/** So many wait some tenths of a second. */
const MOST_WAITING = 1_000;

/**
 * Begins one in a turn of the event loop, in the order in which they came: for what costs something and is done for nobody
 * who is known yet, so that no flood of it keeps those waiting who are.
 */
export function oneATurn({ mostWaiting = MOST_WAITING }: { readonly mostWaiting?: number } = {}): InTurn {
  let waiting = 0;
  let last = Promise.resolve();
  return async (work) => {
    if (waiting >= mostWaiting) throw tooManyWaiting();
    waiting += 1;
    last = last.then(nextTurn);
    await last;
    waiting -= 1;
    return work();
  };
}

const nextTurn = async (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function tooManyWaiting(): GraphQLError {
  const headers = new Map([['retry-after', '1']]);
  return new GraphQLError('The hub has too many new tokens to look at; send this one again in 1 s.', {
    extensions: { code: 'RATE_LIMITED', http: { status: 429, headers } },
  });
}
