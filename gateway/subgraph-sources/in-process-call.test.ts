import { getEventListeners } from 'node:events';
import { expect, test } from '@jest/globals';
import type { HubRequest } from '../../subgraphs/shared/hub-request.ts';
import type { Subgraph } from '../../subgraphs/shared/subgraph.ts';
import { gatewayContext } from '../gateway-context.ts';
import { inProcessCall } from './in-process-call.ts';

/** Calls a subgraph that does this. */
async function called(
  execute: Subgraph['execute'],
  signal = new AbortController().signal,
  { hub = {}, timeoutMs = 60_000 }: { hub?: object | null; timeoutMs?: number } = {},
) {
  const context = gatewayContext({ hub: hub as HubRequest | null, requestId: 'r-1', signal, traceparent: null });
  return inProcessCall({ name: 'health', execute }, { timeoutMs })({ query: '{ a }', variables: { b: 1 } }, context);
}

test('it is given the operation and the request, and its answer is handed on', async () => {
  const hub = { requestId: 'r-1' };
  const answer = { data: { a: 1 }, errors: [], extensions: { c: 2 } };
  const execute: Subgraph['execute'] = async (operation, request) => {
    expect([operation, request]).toEqual([{ query: '{ a }', variables: { b: 1 } }, hub]);
    return answer;
  };
  expect(await called(execute, undefined, { hub })).toEqual(answer);
});

test('without a caller it is not asked', async () => {
  await expect(called(async () => ({}), undefined, { hub: null })).rejects.toThrow('needs a caller');
});

test('what it throws comes through', async () => {
  const error = new Error('broken');
  await expect(called(() => Promise.reject(error))).rejects.toBe(error);
});

test('what has not come when the request is over is SOURCE_TIMEOUT, though the subgraph never ends', async () => {
  const end = new AbortController();
  const answer = called(() => new Promise(() => {}), end.signal);
  end.abort(new Error('deadline'));
  await expect(answer).rejects.toMatchObject({ code: 'SOURCE_TIMEOUT', source: 'health' });
});

test('what has not come at its deadline is SOURCE_TIMEOUT, though its request goes on', async () => {
  const { signal } = new AbortController();
  const answer = called(() => new Promise(() => {}), signal, { timeoutMs: 10 });
  await expect(answer).rejects.toMatchObject({ code: 'SOURCE_TIMEOUT', source: 'health' });
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

test('after the end of the request nothing is asked', async () => {
  let asked = false;
  const answer = called(async () => {
    asked = true;
    return {};
  }, AbortSignal.abort());
  await expect(answer).rejects.toMatchObject({ code: 'SOURCE_TIMEOUT' });
  expect(asked).toBe(false);
});
