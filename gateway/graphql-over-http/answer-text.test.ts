import { expect, test } from '@jest/globals';
import { octetsOf } from '../subgraph-sources/passed-text.ts';
import { answerText } from './answer-text.ts';
import type { Response } from './pipeline.ts';

function sent(response: Response): string {
  const { text, encoding } = answerText(response);
  return Buffer.from(text, encoding).toString();
}

test.each([
  ['data alone', {}],
  ['errors', { errors: [{ message: '没有' }] }],
  ['extensions', { extensions: { who: '谁' } }],
  ['all of them', { errors: [{ message: '没有' }], extensions: { who: '谁' } }],
])('%s: the same bytes, whether the data is text already or not', (_what, rest) => {
  const data = { name: '心桥' };
  expect(sent({ ...rest, data, octets: octetsOf(JSON.stringify(data)) })).toBe(sent({ ...rest, data }));
});
