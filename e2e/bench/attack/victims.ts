import { storyOf } from '../../harness/care-seed.ts';
import type { Stack } from '../../harness/start-stack.ts';
import { closedLoop, type LoadOptions, type LoadResult, openLoop } from '../gateway/load.ts';
import { requestBytes } from '../gateway/request-bytes.ts';
import { profileRequest } from '../profile-request.ts';

/** Who is within their limits beside the attackers, and what of theirs is measured. */
export interface Victim {
  readonly what: string;
  /** Its system is slow meanwhile. */
  readonly slow?: string;
  /** With a fresh token; each call is one cell. */
  ready(stack: Stack): Promise<() => Promise<LoadResult>>;
}

const ANSWERS = 100;
const CONNECTIONS = 20;
const PER_SECOND = 10;
const SECONDS = 10;
/** A department that one call is made to, and what needs it or another. */
const SLOW = 'civil-affairs';
const WAITING = 'query ($id: ID!) { person(id: $id) { id civilAffairs { assistance { kind } } } }';
const QUICK = 'query ($id: ID!) { person(id: $id) { id health { visits { date } } } }';

export const VICTIMS = {
  one: {
    what: 'the profile, one after the other on one connection',
    ready: async (stack) => {
      const requests = [await profileOf(stack)];
      return async () => closedLoop({ url: stack.gateway, requests, connections: 1, until: { answers: ANSWERS } });
    },
  },
  twenty: {
    what: `${PER_SECOND} profiles a second on ${CONNECTIONS} connections`,
    ready: async (stack) => {
      const requests = [await profileOf(stack)];
      return async () => evenly(stack, { requests, connections: CONNECTIONS });
    },
  },
  waiting: {
    what: `what waits for a slow department, of a client on ${CONNECTIONS} connections`,
    slow: SLOW,
    ready: async (stack) => async () => (await halfWaiting(stack)).waiting,
  },
  beside: {
    what: `what waits for nobody, of the same client`,
    slow: SLOW,
    ready: async (stack) => async () => (await halfWaiting(stack)).quick,
  },
} as const satisfies Readonly<Record<string, Victim>>;

/** One client: a half of its connections waits for the slow department all the time, the other half asks for what is quick. */
async function halfWaiting(stack: Stack): Promise<{ waiting: LoadResult; quick: LoadResult }> {
  const [slowly, quickly] = [await askedOf(stack, WAITING), await askedOf(stack, QUICK)];
  const connections = CONNECTIONS / 2;
  const [waiting, quick] = await Promise.all([
    closedLoop({ url: stack.gateway, requests: [slowly], connections, until: { seconds: SECONDS } }),
    evenly(stack, { requests: [quickly], connections }),
  ]);
  return { waiting, quick };
}

const evenly = async (stack: Stack, load: Pick<LoadOptions, 'requests' | 'connections'>) =>
  openLoop({ url: stack.gateway, ...load, perSecond: PER_SECOND, seconds: SECONDS });

async function profileOf(stack: Stack): Promise<Buffer> {
  const { headers, body } = await profileRequest(stack);
  return requestBytes(stack.gateway, JSON.parse(body), headers);
}

async function askedOf(stack: Stack, query: string): Promise<Buffer> {
  const { headers } = await profileRequest(stack);
  const variables = { id: storyOf(stack.world, 'pupil-in-crisis').id };
  return requestBytes(stack.gateway, { query, variables }, headers);
}
