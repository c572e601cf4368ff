import { setTimeout as pause } from 'node:timers/promises';
import { decodeJwt } from 'jose';
import { askHub } from '../harness/hub-client.ts';
import { CONSOLE, type SignInClient } from '../sign-in/sign-in-client.ts';
import type { KeycloakWorld } from './keycloak-world.ts';
import { tokensCommand } from './tokens-command.ts';

/** How long tokens live while this is measured; a realm for use has 300. */
const TOKEN_SECONDS = 30;

export interface MeasuredEnd {
  /** Until an operation is refused that asks nobody whether the token holds. */
  readonly plainMs: number;
  /** Until one is refused that is worth asking Keycloak. */
  readonly confirmedMs: number;
}

type Tokens = Awaited<ReturnType<SignInClient['tokensOf']>>;

interface Bound {
  readonly plain: number;
  readonly confirmed: number;
}
/** The hub is told, and every gateway reads the store within this. */
const TOLD: Bound = { plain: 2, confirmed: 2 };
/** An operation that asks nobody is served until the token ends by its time, five seconds for clocks included. */
const UNTOLD: Bound = { plain: TOKEN_SECONDS + 5, confirmed: 5 };

interface EndingEvent {
  readonly name: string;
  /** Seconds within which it is in force, without what questions at Keycloak take. */
  readonly bound: Bound;
  /** A human being of the demo, or a system. */
  readonly login?: string;
  readonly client?: string;
  end(world: KeycloakWorld, tokens: Tokens): Promise<unknown>;
}

const REFUSED = 401;
const SCOPE = 'person:identity:read';

async function post({ signIn }: KeycloakWorld, path: string, form: Record<string, string>): Promise<void> {
  const answer = await fetch(`${signIn.issuer}/protocol/openid-connect/${path}`, {
    method: 'POST',
    body: new URLSearchParams({ client_id: CONSOLE.clientId, ...form }),
  });
  if (!answer.ok) throw new Error(`Keycloak refused ${path} with ${answer.status}`);
}

/** What ends a token before its time, at Keycloak or by command. Not-before comes last: it ends all others as well. */
export const EVENTS: readonly EndingEvent[] = [
  {
    name: 'sign-out by the user',
    bound: TOLD,
    login: 'mother',
    end: async (world, { refresh_token = '' }) => post(world, 'logout', { refresh_token }),
  },
  {
    name: 'sign-out by an administrator',
    bound: TOLD,
    login: 'child',
    end: async ({ signIn: { admin } }) => admin.ask('POST', `/users/${await admin.userKey('child')}/logout`),
  },
  {
    name: 'session ended by an administrator',
    bound: TOLD,
    login: 'patient',
    async end({ signIn: { admin } }, { session_state: session = '' }) {
      await admin.ask('DELETE', `/sessions/${session}`);
    },
  },
  {
    name: 'user disabled',
    bound: UNTOLD,
    login: 'guardian',
    end: async ({ signIn: { admin } }) => admin.changeUser('guardian', { enabled: false }),
  },
  {
    name: 'access token revoked (RFC 7009)',
    bound: UNTOLD,
    login: 'father',
    end: async (world, { access_token: token }) => post(world, 'revoke', { token, token_type_hint: 'access_token' }),
  },
  {
    name: 'client disabled',
    bound: UNTOLD,
    client: 'union-system',
    end: async ({ signIn: { admin } }) => admin.changeClient('union-system', { enabled: false }),
  },
  {
    name: 'npm run tokens -- revoke',
    bound: TOLD,
    client: 'womens-federation-system',
    end: async ({ stack }, { access_token: token }) =>
      tokensCommand(stack, 'revoke', '--jti', decodeJwt(token).jti ?? ''),
  },
  {
    name: 'not-before of the realm',
    // Looked at every 5 s, then told.
    bound: { plain: 5 + TOLD.plain, confirmed: 5 },
    client: 'justice-system',
    // Keycloak counts whole seconds: what was issued in this one is before the next.
    end: async ({ signIn: { admin } }) => admin.changeRealm({ notBefore: Math.floor(Date.now() / 1_000) + 1 }),
  },
];

/** Does each, and asks every gateway with its token until all refuse it. What was changed at Keycloak is changed back. */
export async function measuredEnds(world: KeycloakWorld): Promise<ReadonlyMap<string, MeasuredEnd>> {
  const { admin } = world.signIn;
  await admin.changeRealm({ accessTokenLifespan: TOKEN_SECONDS });
  const notBefore = EVENTS.slice(-1);
  const ends = new Map<string, MeasuredEnd>();
  const measure = async (event: EndingEvent) => void ends.set(event.name, await measuredEnd(world, event));
  try {
    await Promise.all(EVENTS.slice(0, -1).map(measure));
    await Promise.all(notBefore.map(measure));
  } finally {
    await admin.changeRealm({ accessTokenLifespan: 300, notBefore: 0 });
    await admin.changeUser('guardian', { enabled: true });
    await admin.changeClient('union-system', { enabled: true });
  }
  return ends;
}

async function measuredEnd(world: KeycloakWorld, event: EndingEvent): Promise<MeasuredEnd> {
  const tokens = await tokensFor(world, event);
  const purpose = event.login === undefined ? 'CARE' : 'SELF_ACCESS';
  const asked = { token: tokens.access_token, purpose };
  const each = async (query: string) => {
    const answers = await Promise.all(world.gateways.map(async (gateway) => askHub(gateway, { ...asked, query })));
    return answers.map(({ status }) => status).find((status) => status !== REFUSED) ?? REFUSED;
  };
  const plain = async () => each('{ __typename }');
  const confirmed = async () => each('{ persons(ids: ["1"]) { name } }');
  const before = [await plain(), await confirmed()];
  if (before.some((status) => status !== 200)) throw new Error(`${event.name}: not served before: ${before.join(' ')}`);
  await event.end(world, tokens);
  const since = performance.now();
  const [plainMs, confirmedMs] = await Promise.all([refusedAfter(plain, since), refusedAfter(confirmed, since)]);
  return { plainMs, confirmedMs };
}

async function tokensFor({ signIn }: KeycloakWorld, { login, client = '' }: EndingEvent): Promise<Tokens> {
  if (login !== undefined) return signIn.tokensOf(login, { scope: SCOPE });
  return { access_token: await signIn.tokenFor(client, { scope: SCOPE }) };
}

async function refusedAfter(ask: () => Promise<number>, since: number): Promise<number> {
  while ((await ask()) !== REFUSED) {
    if (performance.now() - since > 120_000) return Infinity;
    await pause(200);
  }
  return Math.round(performance.now() - since);
}
