/** Which check refused a token. For the log and the audit record; callers are never told. */
export type RefusalReason =
  | 'NO_TOKEN'
  | 'MALFORMED'
  | 'SIGNATURE'
  | 'UNKNOWN_KEY'
  | 'KEYS_UNAVAILABLE'
  | 'CLAIMS'
  | 'EXPIRED'
  | 'CLIENT'
  | 'REVOKED';

const WHAT_TO_DO =
  'Get a fresh access token for the hub from the sign-in service and send it in one Authorization header.';

/** The caller is not known. One message for every refusal of a token, so that it helps nobody to forge a better one. */
export class AuthenticationError extends Error {
  readonly code = 'UNAUTHENTICATED';
  readonly reason: RefusalReason;

  constructor(reason: RefusalReason, { cause }: { cause?: unknown } = {}) {
    super(messageOf(reason), { cause });
    this.name = 'AuthenticationError';
    this.reason = reason;
  }
}

function messageOf(reason: RefusalReason): string {
  if (reason === 'NO_TOKEN')
    return `Exactly one header "Authorization: Bearer <access token>" is needed. ${WHAT_TO_DO}`;
  if (reason === 'KEYS_UNAVAILABLE')
    return 'The sign-in service cannot be reached to check the token; try again later.';
  return `The access token was not accepted. ${WHAT_TO_DO}`;
}
