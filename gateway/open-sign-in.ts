import { type Every, every as repeat } from '../adapters/shared/every.ts';
import { oneAtATime } from '../adapters/shared/one-at-a-time.ts';
import type { Measures } from '../adapters/shared/measures.ts';
import { allowedClients } from '../schema/clients.ts';
import type { Log } from '../subgraphs/shared/log.ts';
import { causeForLog } from '../subgraphs/shared/cause-for-log.ts';
import { keySet } from './authentication/key-set.ts';
import { takeLogout, type TakeLogout } from './authentication/logout/take-logout.ts';
import { followNotBefore } from './authentication/sign-in/follow-not-before.ts';
import { hubClient, type HubClient } from './authentication/sign-in/hub-client.ts';
import { type SignInProblem, signInProblems } from './authentication/sign-in/sign-in-problems.ts';
import { tokenConfirmation } from './authentication/sign-in/token-confirmation.ts';
import { type TokenVerifier, tokenVerifier } from './authentication/token-verifier.ts';
import { ConfigurationError, type HubConfiguration } from './hub-configuration.ts';
import type { OwnParts } from './open-own-parts.ts';

/** What the hub has to do with the sign-in server. */
export interface SignIn {
  readonly verifier: TokenVerifier;
  readonly takeLogout: TakeLogout;
  /** What was wrong there when it was looked at last. */
  readonly measures: Measures;
  close(): Promise<void>;
}

const LOOK_AGAIN_MS = 300_000;
/** Where nobody answered: in Compose the way there is by the load balancer, which waits for this very gateway. */
const CALL_AGAIN_MS = 7_000;

/**
 * Opens it. Throws `ConfigurationError` where no token could ever be accepted; whatever else is wrong there is logged with
 * its remedy, now and again later: a sign-in server that starts after the hub is no reason not to start.
 */
export async function openSignIn(
  configuration: HubConfiguration,
  { own, log, every = repeat }: { own: Pick<OwnParts, 'store' | 'revocations'>; log: Log; every?: Every },
): Promise<SignIn> {
  const { settings, clients } = configuration;
  const { OIDC_ISSUER: issuer, OIDC_AUDIENCE: audience, OIDC_CLIENT_SECRET: clientSecret } = settings;
  const keys = keySet({
    url: settings.OIDC_JWKS_URL ?? `${issuer}/protocol/openid-connect/certs`,
    onFailure: (error) => log.warn({ cause: causeForLog(error) }, 'the keys of the sign-in server were not fetched'),
  });
  const client = clientSecret === undefined ? null : hubClient({ issuer, clientId: audience, clientSecret });
  const watched = await watchSignIn(configuration, { client, log, every });
  const { store, revocations } = own;
  const following = client && followNotBefore({ client, store, look: revocations.look, log });
  return {
    verifier: tokenVerifier({
      issuer,
      audience,
      keys,
      allowedClients: allowedClients(clients),
      knownRoles: clients.roles.map(({ name }) => name),
      denyList: revocations.list,
      ...(client !== null && { confirm: tokenConfirmation({ client, log }) }),
    }),
    measures: watched.measures,
    takeLogout: takeLogout({ issuer, clients: allowedClients(clients), keys, store, look: revocations.look, log }),
    close: async () => {
      watched.close();
      await following?.close();
    },
  };
}

/**
 * Looks at the sign-in server at the start and every five minutes, and sooner while it gives no answer; each problem is
 * told when it comes up.
 */
async function watchSignIn(
  { settings: { OIDC_ISSUER: issuer }, schema }: HubConfiguration,
  { client, log, every }: { client: HubClient | null; log: Log; every: Every },
): Promise<{ measures: Measures; close: () => void }> {
  const scopes = [...schema.table.values()].flatMap((permission) => permission.scopes).flat();
  let told: ReadonlySet<SignInProblem['kind']> = new Set();
  let everTold = told;
  const look = async (): Promise<readonly SignInProblem[]> => {
    const found = await signInProblems({ issuer, scopes, client });
    for (const { kind, message } of found)
      if (!told.has(kind)) log[kind === 'UNREACHABLE' ? 'warn' : 'error']({ kind }, message);
    told = new Set(found.map(({ kind }) => kind));
    everTold = everTold.union(told);
    return found;
  };
  const useless = (await look()).filter(({ kind }) => kind === 'ISSUER');
  if (useless.length > 0) throw new ConfigurationError(useless.map(({ message }) => message));
  const again = oneAtATime(async () => void (await look()));
  const stops = [
    every(LOOK_AGAIN_MS, again),
    every(CALL_AGAIN_MS, async () => (told.has('UNREACHABLE') ? again() : undefined)),
  ];
  return {
    // What is over is 0, not gone: an alert looks at the least of a quarter of an hour.
    measures: async () =>
      [...everTold].map((kind) => ({ name: 'xinqiao_sign_in_problems', of: kind, value: Number(told.has(kind)) })),
    close: () => stops.forEach((stop) => stop()),
  };
}
