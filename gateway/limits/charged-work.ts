import type { IncomingMessage } from 'node:http';
import { rateLimited } from './cost-errors.ts';
import type { CostBounds } from './operation-limits.ts';
import { type Pace, pace } from './pace.ts';

/**
 * Charges clients for work whose cost is known when it is done. Nobody is refused in the middle of it: who owes waits with
 * the next request. `client` is `null` where nobody in particular asks, and pays nothing.
 */
export interface ChargedWork extends Pace {
  /** Throws `RATE_LIMITED` (429) for a client that owes. */
  readonly expectPaid: (client: string | null) => void;
  /** A request was read, with a body of so many bytes. */
  readonly read: (request: ReadRequest, client: string | null) => void;
  /** A plan was made that was not remembered, in milliseconds of a core. */
  readonly planned: (cpuMs: number, client: string | null) => void;
}

interface ReadRequest extends Pick<IncomingMessage, 'rawHeaders' | 'url'> {
  readonly bodyBytes: number;
}

/** For whoever may spend what they like. */
export const FREE_WORK: ChargedWork = {
  seen: () => {},
  turn: () => null,
  expectPaid: () => {},
  read: () => {},
  planned: () => {},
};

export function chargedWork({ rate, work }: Pick<CostBounds, 'rate' | 'work'>): ChargedWork {
  if (rate === null || work === undefined) return FREE_WORK;
  const owe = (client: string | null, cost: number) => client !== null && rate.owe(client, cost);
  return {
    ...pace(),
    expectPaid: (client) => {
      const seconds = client === null ? 0 : rate.owes(client);
      if (seconds > 0) throw rateLimited(null, seconds);
    },
    read: ({ rawHeaders, url = '', bodyBytes }, client) => {
      const headerBytes = rawHeaders.reduce((sum, { length }) => sum + length, url.length);
      const ofHeaders = (rawHeaders.length / 2) * work.headerLine + headerBytes * work.headerByte;
      owe(client, work.request + ofHeaders + bodyBytes * work.bodyByte);
    },
    planned: (cpuMs, client) => owe(client, cpuMs * work.planningMs),
  };
}
