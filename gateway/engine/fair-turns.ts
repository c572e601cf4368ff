/** Who asks for a piece of work, and whether somebody still waits for it. */
export interface Turn {
  /** `null` counts as one client. */
  readonly client: string | null;
  readonly isWanted: () => boolean;
}

/** A client has as much waiting as it may. */
export class ClientQueueFull extends Error {
  constructor() {
    super('this client has as much waiting as it may');
    this.name = 'ClientQueueFull';
  }
}

interface Waiting extends Turn {
  readonly begin: () => Promise<void>;
  readonly leave: () => void;
}

/**
 * Does one piece of work after the other. Clients that wait take turns, each with its oldest, so that nobody waits for all
 * that another has asked for; of each no more than `most` wait, the next is refused with `ClientQueueFull`. What nobody
 * waits for any more when its turn comes is not done.
 */
export function fairTurns({ most }: { most: number }) {
  /** In the order of their turns; none is empty. */
  const queues = new Map<string | null, readonly Waiting[]>();
  let isBusy = false;

  async function serve(): Promise<void> {
    isBusy = true;
    for (let next = taken(); next !== undefined; next = taken()) await (next.isWanted() ? next.begin() : next.leave());
    isBusy = false;
  }

  function taken(): Waiting | undefined {
    const [turn] = queues;
    if (turn === undefined) return undefined;
    const [client, [oldest, ...others]] = turn;
    queues.delete(client);
    if (others.length > 0) queues.set(client, others);
    return oldest;
  }

  function wanted(client: string | null): readonly Waiting[] {
    const all = queues.get(client) ?? [];
    for (const one of all) if (!one.isWanted()) one.leave();
    return all.filter(({ isWanted }) => isWanted());
  }

  return async <T>(turn: Turn, work: () => Promise<T>): Promise<T> => {
    const before = queues.get(turn.client) ?? [];
    const others = before.length < most ? before : wanted(turn.client);
    if (others.length >= most) throw new ClientQueueFull();
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const begin = async () => work().then(resolve, reject);
    const leave = () => reject(new Error('nobody waits for this'));
    queues.set(turn.client, [...others, { ...turn, begin, leave }]);
    if (!isBusy) void serve();
    return promise;
  };
}
