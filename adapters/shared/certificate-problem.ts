import { isNativeError } from 'node:util/types';

const EXPIRED = new Set(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID']);
const UNTRUSTED =
  /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|ERR_TLS_\w+|CERT_\w+|HOSTNAME_MISMATCH)$/;
/** mysql2 says no more than that TLS came to nothing, in the place of the code of TLS. */
const UNTOLD = 'HANDSHAKE_SSL_ERROR';

/**
 * What is wrong with the TLS certificate that a connection failed by, whose it is and what to do; `null` = it failed by
 * something else. Clients hide the code of TLS in the cause.
 */
export function certificateProblem(
  error: unknown,
  whose: string,
  { authoritiesIn = 'NODE_EXTRA_CA_CERTS' } = {},
): string | null {
  const code = innermostCode(error);
  if (EXPIRED.has(code))
    return `the TLS certificate of ${whose} has expired or is not valid yet (${code}): renew it there, or set this machine's clock`;
  if (code === UNTOLD)
    return `TLS with ${whose} came to nothing (${code}): mostly its certificate has expired, is not trusted or bears another name: renew it there, or name the authority that issued it in ${authoritiesIn}, and the server by a name in its certificate; else the connection broke, or there is no version of TLS that both know`;
  if (UNTRUSTED.test(code))
    return `the TLS certificate of ${whose} is not trusted (${code}): name the authority that issued it in ${authoritiesIn}, and the server by a name in its certificate`;
  return null;
}

function innermostCode(error: unknown): string {
  if (!isNativeError(error)) return '';
  if (isNativeError(error.cause)) return innermostCode(error.cause);
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}
