import { expect, test } from '@jest/globals';
import { UnsecuredJWT } from 'jose';
import { tokenArguments } from './token-arguments.ts';

const read = async (args: readonly string[], input = '') => tokenArguments(args, async () => input);

test.each([
  [['list'], { do: 'list' }],
  [['revoke', '--jti', 'a'], { do: 'revoke', kind: 'TOKEN', value: 'a', later: false }],
  [['revoke', '--subject', 'a'], { do: 'revoke', kind: 'SUBJECT', value: 'a', later: false }],
  [['revoke', '--subject', 'a', '--block'], { do: 'revoke', kind: 'SUBJECT', value: 'a', later: true }],
  [['lift', '--subject', 'a'], { do: 'lift', kind: 'SUBJECT', value: 'a', later: false }],
  [['revoke', '--help'], 'help'],
])('%j is understood', async (args, expected) => {
  expect(await read(args)).toEqual(expected);
});

test.each([
  [[]],
  [['revoke']],
  [['revoke', '--jti', 'a', '--subject', 'b']],
  [['revoke', '--jti', 'a', '--block']],
  [['lift', '--subject', 'a', '--block']],
  [['list', '--jti', 'a']],
  [['revoke', '--everything']],
])('%j is not understood', async (args) => {
  expect(await read(args)).toBeNull();
});

test('the token itself may come on standard input, and is repeated by nobody', async () => {
  const token = new UnsecuredJWT({ jti: 'j9', sub: 'somebody' }).encode();
  expect(await read(['revoke', '--stdin'], `Bearer ${token}\n`)).toMatchObject({ kind: 'TOKEN', value: 'j9' });
  const none = read(['revoke', '--stdin'], token.replaceAll('.', '-'));
  await expect(none).rejects.toThrow(/^What came on standard input is no token with a jti\.$/);
});
