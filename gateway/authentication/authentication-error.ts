import { errors } from 'jose';

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
  | 'REVOKED'
  /** The sign-in server says that it no longer holds. */
  | 'ENDED'
  /** The sign-in server was to say whether it still holds, and did not. */
  | 'UNCONFIRMED';

const WHAT_TO_DO = {
  zh: '请向登录服务取得枢纽的新访问令牌，并放在唯一的 Authorization 标头中发送。',
  en: 'Get a fresh access token for the hub from the sign-in service and send it in one Authorization header.',
};

/** The caller is not known. One message for every refusal of a token, so that it helps nobody to forge a better one. */
export class AuthenticationError extends Error {
  readonly code: 'UNAUTHENTICATED' | 'SIGN_IN_UNAVAILABLE';
  readonly reason: RefusalReason;

  constructor(reason: RefusalReason, { cause }: { cause?: unknown } = {}) {
    super(messageOf(reason), { cause });
    this.name = 'AuthenticationError';
    this.reason = reason;
    this.code = reason === 'UNCONFIRMED' ? 'SIGN_IN_UNAVAILABLE' : 'UNAUTHENTICATED';
  }

  /** What an operator has to look at, where a token that the sign-in server has signed is refused for a claim of it. */
  get advice(): string | null {
    const { cause } = this;
    return cause instanceof errors.JWTClaimValidationFailed ? (ADVICE[cause.claim] ?? null) : null;
  }
}

const CLOCK = 'from the future: the clocks of hub and sign-in server differ by more than 5 s; set both by NTP';

/** By the claim that does not fit. */
const ADVICE: Readonly<Record<string, string>> = {
  iss: 'issued by another realm, or under another host name of it, than OIDC_ISSUER says',
  aud: 'not for the hub: OIDC_AUDIENCE is not in its aud; the realm lacks the mapper that puts it there (npm run realm)',
  iat: CLOCK,
  nbf: CLOCK,
};

function messageOf(reason: RefusalReason): string {
  if (reason === 'NO_TOKEN')
    return `需要且只能有一个“Authorization: Bearer <access token>”标头。${WHAT_TO_DO.zh} / Exactly one header "Authorization: Bearer <access token>" is needed. ${WHAT_TO_DO.en}`;
  if (reason === 'KEYS_UNAVAILABLE')
    return '无法联系登录服务以核对令牌，请稍后再试。 / The sign-in service cannot be reached to check the token; try again later.';
  if (reason === 'UNCONFIRMED')
    return '登录服务暂时无法确认令牌仍然有效，所请求的内容需要这一确认；请稍后再试，或先不请求这部分。 / The sign-in service cannot confirm at the moment that the token still holds, and something that was asked for needs that; ask again later, or without it.';
  return `访问令牌未被接受。${WHAT_TO_DO.zh} / The access token was not accepted. ${WHAT_TO_DO.en}`;
}
