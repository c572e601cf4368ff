import { isNativeError } from 'node:util/types';
import { decodeJwt } from 'jose';
import { z } from 'zod';
import { certificateProblem } from '../../../adapters/shared/certificate-problem.ts';
import { HttpStatusError } from '../../../adapters/shared/http-status-error.ts';
import { boundedFetch } from '../bounded-fetch.ts';
import { certificateEnd } from './certificate-end.ts';
import type { HubClient } from './hub-client.ts';

export interface SignInProblem {
  /** `ISSUER`: no token would ever be accepted, so that it is no use to start. */
  readonly kind:
    'UNREACHABLE' | 'CERTIFICATE' | 'CERTIFICATE_ENDS' | 'REALM' | 'ISSUER' | 'SCOPES' | 'CLIENT' | 'CLOCK';
  /** What is wrong and what to do about it. */
  readonly message: string;
}

export interface SignInProblemsOptions {
  readonly issuer: string;
  /** Those that fields of the schema need. */
  readonly scopes: Iterable<string>;
  /** The hub as a client there: a token of its own shows the clock. Keycloak's answers have no date. */
  readonly client?: Pick<HubClient, 'ownToken'> | null;
  readonly timeoutMs?: number;
  readonly now?: () => number;
}

/** As much as a token's times may differ (`clockToleranceSeconds`). */
export const CLOCKS_DIFFER_MS = 5_000;
/** Time enough for whoever has to ask an authority of the intranet for a new one. */
const CERTIFICATE_ENDS_DAYS = 14;
const DAY_MS = 86_400_000;
const METADATA_MAX_BYTES = 262_144;

// OpenID Connect Discovery 1.0, 3. Keycloak lists the client scopes of the realm.
const metadata = z.looseObject({ issuer: z.string(), scopes_supported: z.array(z.string()).optional() });
const fetchMetadata = boundedFetch(METADATA_MAX_BYTES);

/** Looks at what the sign-in server says of itself, and at its clock. Throws nothing. */
export async function signInProblems(options: SignInProblemsOptions): Promise<readonly SignInProblem[]> {
  const { issuer, scopes, client = null, timeoutMs = 2_000, now = Date.now } = options;
  try {
    const asked = now();
    const signal = AbortSignal.timeout(timeoutMs);
    const answer = await fetchMetadata(`${issuer}/.well-known/openid-configuration`, { signal });
    const read = metadata.safeParse(await answer.json());
    if (!read.success) return [noRealm(issuer)];
    const dated = Date.parse(answer.headers.get('date') ?? '');
    const span = { from: asked, to: now() };
    return [
      ...otherIssuer(issuer, read.data.issuer),
      ...lackingScopes(scopes, read.data.scopes_supported),
      ...endingCertificate(await certificateEnd(issuer, signal).catch(() => null), now()),
      ...(client === null ? otherClock(dated, span) : await ofOwnToken(client, now)),
    ];
  } catch (error) {
    return [failure(issuer, error)];
  }
}

function otherIssuer(issuer: string, told: string): readonly SignInProblem[] {
  if (told === issuer) return [];
  const message = `OIDC_ISSUER: is ${issuer}, but the sign-in server there calls itself ${told}: no token would be accepted; set it to that, or correct the server's host name`;
  return [{ kind: 'ISSUER', message }];
}

function lackingScopes(scopes: Iterable<string>, supported: readonly string[] | undefined): readonly SignInProblem[] {
  const lacking = [...new Set(scopes)].filter((scope) => supported?.includes(scope) === false).toSorted();
  if (lacking.length === 0) return [];
  const message = `the realm lacks scopes that fields of the schema need, which nobody can read now: ${lacking.join(', ')}; see npm run realm -- diff`;
  return [{ kind: 'SCOPES', message }];
}

function endingCertificate(end: number | null, now: number): readonly SignInProblem[] {
  const days = Math.floor(((end ?? Infinity) - now) / DAY_MS);
  if (days >= CERTIFICATE_ENDS_DAYS) return [];
  const message = `the TLS certificate of the sign-in server ends in ${days} days: renew it there; from then on nobody signs in, and where the hub is reached by the same certificate, nobody reaches it`;
  return [{ kind: 'CERTIFICATE_ENDS', message }];
}

async function ofOwnToken(client: Pick<HubClient, 'ownToken'>, now: () => number): Promise<readonly SignInProblem[]> {
  const from = now();
  try {
    const { iat = NaN } = decodeJwt((await client.ownToken()).token);
    return otherClock(iat * 1_000, { from, to: now() });
  } catch (error) {
    const message = `OIDC_CLIENT_SECRET: the sign-in server gives the hub no token (${codeOf(error)}): it must be the secret of the client OIDC_AUDIENCE there, which must be enabled with a service account; what needs a confirmed token is refused until then`;
    return [{ kind: 'CLIENT', message }];
  }
}

/** Theirs is in whole seconds, of some moment between question and answer. */
function otherClock(theirs: number, asked: { from: number; to: number }): readonly SignInProblem[] {
  if (Number.isNaN(theirs)) return [];
  const aheadMs = theirs > asked.to ? theirs - asked.to : Math.min(0, theirs + 999 - asked.from);
  if (Math.abs(aheadMs) <= CLOCKS_DIFFER_MS) return [];
  const seconds = Math.round(Math.abs(aheadMs) / 1_000);
  const message = `the clock of the sign-in server is ${seconds} s ${aheadMs > 0 ? 'ahead of' : 'behind'} this machine's; beyond 5 s tokens are refused as from the future, or end early: set both clocks by NTP`;
  return [{ kind: 'CLOCK', message }];
}

function noRealm(issuer: string): SignInProblem {
  return {
    kind: 'REALM',
    message: `OIDC_ISSUER: there is no realm at ${issuer}: correct it, or import schema/keycloak/realm.json into Keycloak`,
  };
}

function failure(issuer: string, error: unknown): SignInProblem {
  if (error instanceof HttpStatusError && error.status === 404) return noRealm(issuer);
  const certificate = certificateProblem(error, 'the sign-in server');
  if (certificate !== null) return { kind: 'CERTIFICATE', message: `${certificate}; no key can be fetched until then` };
  const message = `the sign-in server gave no answer at ${issuer} (${codeOf(error)}): no key can be fetched until it does`;
  return { kind: 'UNREACHABLE', message };
}

/** The system's or TLS's code, which fetch hides in the cause. */
function codeOf(error: unknown): string {
  if (!isNativeError(error)) return 'unknown';
  if (isNativeError(error.cause)) return codeOf(error.cause);
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message.slice(0, 80);
}
