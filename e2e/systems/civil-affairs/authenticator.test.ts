import { expect, test } from '@jest/globals';
import { passwordDigest } from 'soap';
import { authenticator } from './authenticator.ts';

const account = { user: 'hub', password: 'secret' };

function security({ user = 'hub', password = 'secret', at = new Date(), nonce = 'bm9uY2U=' } = {}) {
  const created = at.toISOString();
  const Password = { attributes: {}, $value: passwordDigest(nonce, created, password) };
  return { UsernameToken: { Username: user, Password, Nonce: nonce, Created: created } };
}

test('the right account is let in once with each nonce', () => {
  const authenticate = authenticator(account);
  expect(authenticate(security())).toBe(true);
  expect(authenticate(security())).toBe(false);
  expect(authenticate(security({ nonce: 'b3RoZXI=' }))).toBe(true);
});

test.each([
  ['a wrong password', security({ password: 'guess' })],
  ['another user', security({ user: 'other' })],
  ['an old token', security({ at: new Date(Date.now() - 3_600_000) })],
  ['no token', undefined],
])('%s is not let in', (_, token) => {
  expect(authenticator(account)(token)).toBe(false);
});
