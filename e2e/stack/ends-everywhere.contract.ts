/** What one gateway was told, or a command has put into the store, is in force at every gateway; each is asked by itself. */
import { expect, test } from '@jest/globals';
import { decodeJwt } from 'jose';
import { askHub } from '../harness/hub-client.ts';
import { until } from '../harness/until.ts';
import { CONSOLE } from '../sign-in/sign-in-client.ts';
import type { Topology } from './start-topology.ts';
import { tokensCommand } from './tokens-command.ts';

/** 2 s, and for not-before 7 (docs/decisions/revoked-tokens.md); the rest is for a machine that has much else to do. */
const REFUSED_WITHIN_MS = 20_000;

type Tokens = Awaited<ReturnType<Topology['signIn']['tokensOf']>>;

interface Ending {
  readonly name: string;
  /** Whose tokens end; the other one's go on. */
  readonly login: string;
  end(topology: Topology, tokens: Tokens): Promise<unknown>;
}

const ENDINGS: readonly Ending[] = [
  {
    name: 'a sign-out, of which Keycloak tells the load balancer',
    login: 'mother',
    end: async ({ signIn }, { refresh_token = '' }) => {
      const { ok } = await fetch(`${signIn.issuer}/protocol/openid-connect/logout`, {
        method: 'POST',
        body: new URLSearchParams({ client_id: CONSOLE.clientId, refresh_token }),
      });
      expect(ok).toBe(true);
    },
  },
  {
    name: 'npm run tokens -- revoke --jti',
    login: 'father',
    end: async (topology, { access_token: token }) =>
      tokensCommand(topology, 'revoke', '--jti', decodeJwt(token).jti ?? ''),
  },
  {
    name: 'npm run tokens -- revoke --subject',
    login: 'patient',
    end: async (topology, { access_token: token }) =>
      tokensCommand(topology, 'revoke', '--subject', decodeJwt(token).sub ?? ''),
  },
];

/** Status of each gateway. */
async function statuses({ gateways }: Topology, token: string): Promise<readonly number[]> {
  const asked = gateways.map(async ({ url }) =>
    askHub(url, { token, query: '{ __typename }', purpose: 'SELF_ACCESS' }),
  );
  return (await Promise.all(asked)).map(({ status }) => status);
}

const SERVED = [200, 200];
const REFUSED = [401, 401];

async function refused(topology: Topology, token: string): Promise<void> {
  let told: readonly number[] = [];
  const all = async () => (told = await statuses(topology, token)).every((status) => status === 401);
  await until(all, { withinMs: REFUSED_WITHIN_MS }).catch(() => undefined);
  expect(told).toEqual(REFUSED);
}

/** A test each. */
export function describeEndsEverywhere(topology: () => Topology): void {
  test.each(ENDINGS.map((ending) => [ending.name, ending] as const))(
    '%s: refused at both gateways, nobody else',
    async (_name, { login, end }) => {
      const { signIn } = topology();
      const [ending, other] = [await signIn.tokensOf(login), await signIn.tokensOf('child')];
      expect(await statuses(topology(), ending.access_token)).toEqual(SERVED);
      await end(topology(), ending);
      await refused(topology(), ending.access_token);
      expect(await statuses(topology(), other.access_token)).toEqual(SERVED);
    },
    60_000,
  );

  test('not-before of the realm: refused at both gateways; who signs in later is served', async () => {
    const { signIn } = topology();
    const { access_token: before } = await signIn.tokensOf('child');
    expect(await statuses(topology(), before)).toEqual(SERVED);
    // Keycloak counts whole seconds.
    await signIn.admin.changeRealm({ notBefore: (decodeJwt(before).iat ?? 0) + 1 });
    try {
      await refused(topology(), before);
      expect(await statuses(topology(), (await signIn.tokensOf('child')).access_token)).toEqual(SERVED);
    } finally {
      await signIn.admin.changeRealm({ notBefore: 0 });
    }
  }, 60_000);
}
