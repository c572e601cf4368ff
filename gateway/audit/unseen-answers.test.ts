import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { Kind, OperationTypeNode, parse } from 'graphql';
import { gatewayContext } from '../gateway-context.ts';
import type { Answer, OperationRequest } from '../engine/engine.ts';
import type { MadeDecision } from '../../subgraphs/shared/decisions.ts';
import { decision } from './audited.fixture.ts';
import { unseenAnswers } from './unseen-answers.ts';

const FAR_MS = 3_600_000;

interface Asked {
  readonly data: Answer['data'];
  readonly decisions?: readonly MadeDecision[];
  readonly type?: OperationTypeNode;
  readonly everyMs?: number;
}

/** Whether the answer waits; one that does comes when its client goes. */
async function isHeld({ data, decisions = [], type = OperationTypeNode.QUERY, everyMs = FAR_MS }: Asked) {
  const client = new AbortController();
  const context = gatewayContext({ hub: null, requestId: 'request-1', signal: client.signal, traceparent: null });
  const [operation] = parse(`${type} { x }`).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('no operation');
  const execute = unseenAnswers(
    async () => {
      context.decisions.collect('person', { decisions });
      return { data };
    },
    { everyMs },
  );
  let isAnswered = false;
  const answering = execute({ context, operation } as OperationRequest).then((answer) => {
    isAnswered = true;
    return answer;
  });
  await new Promise((resolve) => setImmediate(resolve));
  const held = !isAnswered;
  client.abort();
  expect(await answering).toEqual({ data });
  return held;
}

const MUTATION = { type: OperationTypeNode.MUTATION };
const REFUSED = [{ code: 'NOT_FOUND' }];

describe('cases 35 and 68: an answer in which something asked for does not show is held', () => {
  const unseen = { visible: false, standings: {} };
  test.each<[string, Asked]>([
    ['a person without a basis', { data: { person: null }, decisions: [decision('p1', unseen)] }],
    ['nobody', { data: { person: null }, decisions: [decision(null, { ...unseen, by: 'idNumber' })] }],
    ['one of several', { data: { persons: [{}, null] }, decisions: [decision('p1'), decision('p2', unseen)] }],
    [
      'a subject of what is shown',
      { data: { referral: {} }, decisions: [decision('p1', { ...unseen, by: 'entity' })] },
    ],
    [
      'a number that was not looked up',
      {
        ...MUTATION,
        data: { createReferral: { referral: {} } },
        decisions: [decision(null, { ...unseen, by: 'idNumber' })],
      },
    ],
    [
      'somebody registered by a number, whom the caller sees from now on',
      { ...MUTATION, data: { registerPerson: { person: {} } }, decisions: [decision('p1', { by: 'idNumber' })] },
    ],
    ['something of the hub that is not there, or not for the caller', { data: { referral: null } }],
    ['one field of two', { data: { a: {}, referral: null } }],
    ['no data at all', { data: null }],
    ['a refused change', { ...MUTATION, data: { acceptReferral: { referral: null, userErrors: REFUSED } } }],
    ['a refused change, asked for its errors alone', { ...MUTATION, data: { acceptReferral: { e: REFUSED } } }],
    ['a refused change with its type', { ...MUTATION, data: { acceptReferral: { t: 'ReferralPayload', e: REFUSED } } }],
  ])('%s', async (_, asked) => {
    expect(await isHeld(asked)).toBe(true);
  });

  test.each<[string, Asked]>([
    ['a person who is shown', { data: { person: {} }, decisions: [decision('p1')] }],
    ['a person found by a number', { data: { matchPerson: {} }, decisions: [decision('p1', { by: 'idNumber' })] }],
    [
      'somebody registered by a local id alone',
      { ...MUTATION, data: { registerPerson: { person: {} } }, decisions: [decision('p1', { by: 'entity' })] },
    ],
    [
      'a matter about which nothing was decided',
      { data: { consents: [] }, decisions: [decision('p1', { ...unseen, by: 'matter' })] },
    ],
    [
      'a facet that is not permitted, of somebody who is',
      { data: { person: { health: null } }, decisions: [decision('p1')] },
    ],
    ['a change that was made', { ...MUTATION, data: { acceptReferral: { referral: { id: '1' }, userErrors: [] } } }],
    ['nobody, where nothing is held', { data: { person: null }, decisions: [decision('p1', unseen)], everyMs: 0 }],
  ])('not so: %s', async (_, asked) => {
    expect(await isHeld(asked)).toBe(false);
  });
});

describe('a refused change, which waited for the disk, leaves at four times that', () => {
  afterEach(() => {
    jest.useRealTimers();
  });

  test.each([
    [OperationTypeNode.QUERY, 25, 30],
    [OperationTypeNode.MUTATION, 100, 120],
  ])('%s: after %i to %i ms', async (type, leastMs, mostMs) => {
    jest.useFakeTimers();
    const { signal } = new AbortController();
    const context = gatewayContext({ hub: null, requestId: 'request-1', signal, traceparent: null });
    const [operation] = parse(`${type} { x }`).definitions;
    let isAnswered = false;
    const execute = unseenAnswers(async () => ({ data: { x: null } }), { everyMs: 25 });
    const answering = execute({ context, operation } as OperationRequest).then(() => {
      isAnswered = true;
    });
    await jest.advanceTimersByTimeAsync(leastMs - 1);
    expect(isAnswered).toBe(false);
    await jest.advanceTimersByTimeAsync(mostMs - leastMs + 2);
    await answering;
    expect(isAnswered).toBe(true);
  });
});
