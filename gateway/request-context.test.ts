import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { silentLog } from '../subgraphs/shared/log.ts';
import { AuthenticationError } from './authentication/authentication-error.ts';
import { verifierUnderTest } from './authentication/test-support/verifier-under-test.ts';
import { newRevocation } from './authentication/revocations/revocation.ts';
import { requestContext } from './request-context.ts';

let hub: Awaited<ReturnType<typeof verifierUnderTest>>;
beforeEach(async () => {
  hub = await verifierUnderTest();
});
afterEach(() => hub.close());

test('case 25: a request knows when the token that it came with is withdrawn', async () => {
  const request = new IncomingMessage(new Socket());
  request.headers = { 'x-purpose-of-use': 'CARE' };
  request.rawHeaders = ['authorization', `Bearer ${await hub.token({ jti: 'j' })}`];
  const response = new ServerResponse(request);
  const contextOf = requestContext({
    verifier: hub.verifier,
    requestTimeoutMs: 10_000,
    log: silentLog,
    purposeRefused: async () => {},
  });
  const context = await contextOf(request, response);
  await expect(context.expectToken()).resolves.toBeUndefined();
  hub.deny(newRevocation({ kind: 'TOKEN', value: 'j' }, () => hub.clock.ms));
  await expect(context.expectToken()).rejects.toMatchObject({
    message: new AuthenticationError('REVOKED').message,
    extensions: { code: 'UNAUTHENTICATED', http: { status: 401 } },
  });
  response.emit('close');
});

/** A request with this token at a hub whose sign-in server confirms as `confirm` does; what is logged. */
async function asked(token: string, confirm: () => Promise<void> = async () => {}) {
  const request = new IncomingMessage(new Socket());
  request.headers = { 'x-purpose-of-use': 'CARE' };
  request.rawHeaders = ['authorization', `Bearer ${token}`];
  const response = new ServerResponse(request);
  const said: object[] = [];
  const contextOf = requestContext({
    verifier: {
      verify: async (values) => ({ ...(await hub.verifier.verify(values)), confirm }),
    },
    requestTimeoutMs: 10_000,
    log: { ...silentLog, info: (entry) => void said.push(entry) },
    purposeRefused: async () => {},
  });
  const context = contextOf(request, response).finally(() => response.emit('close'));
  return { context, said };
}

test.each([
  ['UNCONFIRMED', { code: 'SIGN_IN_UNAVAILABLE', http: { status: 503 } }],
  ['ENDED', { code: 'UNAUTHENTICATED', http: { status: 401 } }],
] as const)('what the sign-in server does not confirm is refused: %s', async (reason, extensions) => {
  const { context } = await asked(await hub.token(), async () => Promise.reject(new AuthenticationError(reason)));
  await expect((await context).confirmToken()).rejects.toMatchObject({ extensions });
});

test.each([
  ['iss', { iss: 'https://sso.example/realms/care' }, /OIDC_ISSUER/],
  ['aud', { aud: 'account' }, /npm run realm/],
  ['iat', { iat: 1_800_000_090 }, /set both by NTP/],
])(
  'a token that the sign-in server signed and that is refused for its %s is logged with advice',
  async (_, changes, advice) => {
    const { context, said } = await asked(await hub.token(changes));
    await expect(context).rejects.toMatchObject({ extensions: { code: 'UNAUTHENTICATED' } });
    expect(said).toEqual([expect.objectContaining({ reason: 'CLAIMS', advice: expect.stringMatching(advice) })]);
  },
);
