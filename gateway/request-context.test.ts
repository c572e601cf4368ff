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
  hub.denied.put([newRevocation({ kind: 'TOKEN', value: 'j' }, () => hub.clock.ms)]);
  await expect(context.expectToken()).rejects.toMatchObject({
    message: new AuthenticationError('REVOKED').message,
    extensions: { code: 'UNAUTHENTICATED', http: { status: 401 } },
  });
  response.emit('close');
});
