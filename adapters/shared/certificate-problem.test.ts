import { expect, test } from '@jest/globals';
import { certificateProblem } from './certificate-problem.ts';

const failure = (code: string) => Object.assign(new Error('fetch failed'), { code });

test.each([
  ['CERT_HAS_EXPIRED', /of X has expired .*: renew it there, or set this machine's clock$/],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', /of X is not trusted .*: name the authority .* in NODE_EXTRA_CA_CERTS/],
  ['ERR_TLS_CERT_ALTNAME_INVALID', /of X is not trusted .* a name in its certificate$/],
  // mysql2 has this for all three.
  [
    'HANDSHAKE_SSL_ERROR',
    /TLS with X came to nothing .* has expired, is not trusted or bears another name: renew it there, or name the/,
  ],
])('%s is told with whose certificate it is and the remedy, however deep it lies', (code, words) => {
  const problem = certificateProblem(new Error('not read', { cause: failure(code) }), 'X');
  expect(problem).toMatch(words);
  expect(problem).toContain(`(${code})`);
});

test.each(['ECONNREFUSED', 'HANDSHAKE_NO_SSL_SUPPORT', ''])('%p is no matter of a certificate', (code) => {
  expect(certificateProblem(failure(code), 'X')).toBeNull();
});
