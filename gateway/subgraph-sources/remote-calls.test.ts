import { expect, test } from '@jest/globals';
import { remoteCalls } from './remote-calls.ts';

function opening() {
  const told: string[] = [];
  const newCalls = remoteCalls((name, url) => {
    told.push(`opened ${name} ${url}`);
    const call = async () => ({ data: { name } });
    return Object.assign(call, { close: () => void told.push(`closed ${name} ${url}`) });
  });
  return { told, newCalls };
}

test('the engine that relieves another goes on with its calls; what it does not call is closed', () => {
  const { told, newCalls } = opening();
  const before = newCalls();
  const [a] = [before.of('a', 'http://a'), before.of('b', 'http://b'), before.of('a', 'http://a')];
  const after = newCalls();
  expect(after.of('a', 'http://a')).toBe(a);
  before.release();
  expect(told).toEqual(['opened a http://a', 'opened b http://b', 'closed b http://b']);
  after.release();
  expect(told.at(-1)).toBe('closed a http://a');
});

test('a subgraph that has moved is another call', () => {
  const { told, newCalls } = opening();
  const before = newCalls();
  before.of('a', 'http://a');
  const after = newCalls();
  after.of('a', 'http://elsewhere');
  before.release();
  expect(told).toEqual(['opened a http://a', 'opened a http://elsewhere', 'closed a http://a']);
});

test('an engine that was not made lets go of what it had asked for, once', () => {
  const { told, newCalls } = opening();
  const inForce = newCalls();
  inForce.of('a', 'http://a');
  const refused = newCalls();
  refused.of('a', 'http://a');
  refused.release();
  refused.release();
  expect(told).toEqual(['opened a http://a']);
});
