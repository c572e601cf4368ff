import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { requestBytes } from '../bench/gateway/request-bytes.ts';
import type { Pair } from '../bench/side-channels/pair.ts';
import { PAIRS } from '../bench/side-channels/pairs.ts';
import { sameBytes } from '../bench/side-channels/same-bytes.ts';
import { type Timing, timedConnection } from '../bench/side-channels/timed-connection.ts';
import { type Stack, startStack } from '../harness/start-stack.ts';

/** More than the work takes on a busy machine: else the test could not fail. */
const UNSEEN_ANSWER_MS = 100;

let stack: Stack;
beforeAll(async () => {
  const environment = { UNSEEN_ANSWER_MS: String(UNSEEN_ANSWER_MS), PERSON_MATCHES_PER_MINUTE: '10000' };
  stack = await startStack({ people: 200, inCare: 200, environment });
}, 60_000);
afterAll(() => stack.close());

/** What comes when one side and the other are asked about, twice in turn. */
async function answersTo(pair: Pair): Promise<readonly Timing[]> {
  const token = await pair.token(stack);
  const asCaller = { authorization: `Bearer ${token}`, 'x-purpose-of-use': pair.purpose ?? 'CARE' };
  const { a, b } = await pair.sides(stack, { token, times: 2 });
  const connection = await timedConnection(stack.gateway);
  const answers = [];
  for (const ask of [a, b, a, b])
    answers.push(await connection.ask(requestBytes(stack.gateway, ask(), { ...asCaller, 'graphql-cost': 'report' })));
  connection.close();
  return answers;
}

const caseOf = ({ secret }: Pair) => (/psychiatric|sealed/.test(secret) ? 68 : 35);

describe('same message, same shape, to the byte: status, headers with the length, body, costs', () => {
  test.each(PAIRS.map((pair) => [caseOf(pair), pair.name, pair] as const))(
    'case %i: %s',
    async (_, __, pair) => {
      const [first, ...others] = (await answersTo(pair)).map(sameBytes);
      expect(first).toMatch(/^HTTP\/1\.1 200 [^]*"cost":\{/);
      expect(others).toEqual([first, first, first]);
    },
    20_000,
  );
});

test('cases 35 and 68: who is not shown is answered at a time that is not that of the work', async () => {
  const [pair] = PAIRS;
  if (pair === undefined) throw new Error('no pairs');
  for (const { firstByteMs } of await answersTo(pair)) expect(firstByteMs).toBeGreaterThanOrEqual(UNSEEN_ANSWER_MS);
});

test('whoever registers somebody by ID number (case 35) is answered so too, though the person shows', async () => {
  const pair = PAIRS.find(({ name }) => name === 'registerPerson with number and name');
  if (pair === undefined) throw new Error('no such pair');
  for (const { firstByteMs } of await answersTo(pair)) expect(firstByteMs).toBeGreaterThanOrEqual(UNSEEN_ANSWER_MS);
});
