import { expect, test } from '@jest/globals';
import { AuthenticationError } from './authentication-error.ts';

test.each(['NO_TOKEN', 'SIGNATURE', 'KEYS_UNAVAILABLE', 'UNCONFIRMED'] as const)(
  '%s is told in Chinese, then in English',
  (reason) => {
    expect(new AuthenticationError(reason).message).toMatch(/^\p{sc=Han}.*。 \/ [A-Z][\x20-\x7e]+\.$/u);
  },
);
