import type { JWTPayload } from 'jose';
import { AuthenticationError, type RefusalReason } from '../authentication-error.ts';
import { denyList } from '../deny-list.ts';
import type { Revocation } from '../revocations/revocation.ts';
import { tokenVerifier, type TokenVerifierOptions } from '../token-verifier.ts';
import { type Forger, forger, goodClaims } from './forger.ts';
import { startKeyServer } from './key-server.ts';

const ISSUER = 'https://sign-in.example/realms/care';

/** A verifier with its own key endpoint, clock and forger. */
export async function verifierUnderTest(options: Partial<TokenVerifierOptions> = {}) {
  const keys: readonly Forger[] = await Promise.all([forger('first'), forger('rsa', 'RS256'), forger('pss', 'PS256')]);
  const [key] = keys;
  if (key === undefined) throw new Error('no key');
  const keyServer = await startKeyServer(keys.map(({ publicJwk }) => publicJwk));
  const clock = { ms: 1_800_000_000_000 };
  const now = () => clock.ms;
  const denied = denyList(now);
  /** Of the pauses between two fetches of the keys, which pass at once here. */
  const pauses: number[] = [];
  const pause = async (ms: number) => {
    pauses.push(ms);
    clock.ms += ms;
  };
  const verifier = tokenVerifier({
    issuer: ISSUER,
    jwksUrl: keyServer.url,
    allowedClients: ['health-system', 'hub-console'],
    knownRoles: ['department-system', 'case-worker'],
    denyList: denied,
    now,
    ...options,
    // Long enough for a busy machine, short enough for the tests of an endpoint that hangs.
    keys: { timeoutMs: 1_000, pause, ...options.keys },
  });
  const claims = (changes: JWTPayload = {}): JWTPayload => ({ ...goodClaims(ISSUER, clock.ms), ...changes });
  return {
    keys,
    key,
    keyServer,
    clock,
    denied,
    deny: (one: Revocation) => denied.take({ version: 1, data: one }),
    pauses,
    verifier,
    claims,
    verify: async (token: string) => (await verifier.verify([`Bearer ${token}`])).caller,
    /** A good token but for these claims; `undefined` leaves one out. */
    token: (changes: JWTPayload = {}, by: Forger = key) => by.sign(claims(changes)),
    close: keyServer.close,
  };
}

/** Why a verification was refused; `'ACCEPTED'` when it was not, and the error itself when it is no refusal. */
export async function refusal(verification: Promise<unknown>): Promise<RefusalReason | 'ACCEPTED' | Error> {
  try {
    await verification;
    return 'ACCEPTED';
  } catch (error) {
    if (error instanceof AuthenticationError) return error.reason;
    return error instanceof Error ? error : new Error(String(error));
  }
}
