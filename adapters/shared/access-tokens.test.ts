import { expect, test } from '@jest/globals';
import { accessTokens, withToken } from './access-tokens.ts';
import type { DoorAnswer } from './door-answer.ts';
import type { HttpDoor } from './http-door.ts';

type Send = HttpDoor['send'];
const GOOD_TOKEN = { access_token: 'token-1', token_type: 'Bearer', expires_in: 300 };

/** Tokens `t1`, `t2` … from a door that answers at once. */
function numbered() {
  let issued = 0;
  const send: Send = async () => answerWith({ ...GOOD_TOKEN, access_token: `t${(issued += 1)}` });
  return accessTokens({ source: 'education', door: { send }, path: 'oauth/token', clientId: 'a', clientSecret: 'b' });
}

test('a refusal that comes late does not cost the token that was fetched since', async () => {
  const tokens = numbered();
  const first = await tokens.current();
  tokens.reject(first);
  expect(await tokens.current()).toBe('t2');
  tokens.reject(first);
  expect(await tokens.current()).toBe('t2');
});

test('who goes while a token is fetched does not wait for it', async () => {
  const door = { send: async () => new Promise<DoorAnswer>(() => undefined) };
  const tokens = accessTokens({ source: 'education', door, path: 'p', clientId: 'a', clientSecret: 'b' });
  const gone = new AbortController();
  const waiting = tokens.current(gone.signal);
  gone.abort();
  await expect(waiting).rejects.toMatchObject({ code: 'SOURCE_TIMEOUT', source: 'education' });
});

test.each([
  [undefined, 'grant_type=client_credentials'],
  ['referral:read referral:write', 'grant_type=client_credentials&scope=referral%3Aread+referral%3Awrite'],
])('of the scopes %j that are asked for the token endpoint is told %s', async (scope, body) => {
  const sent: unknown[] = [];
  const send: Send = async (_method, _path, request) => {
    sent.push(request?.body);
    return answerWith(GOOD_TOKEN);
  };
  const options = { source: 'hub', door: { send }, path: 'p', clientId: 'a', clientSecret: 'b' };
  await accessTokens({ ...options, ...(scope !== undefined && { scope }) }).current();
  expect(sent).toEqual([body]);
});

test('a question whose token ended early is repeated with the next one, once', async () => {
  const tokens = numbered();
  const asked: string[] = [];
  const refusing = async ({ authorization }: { authorization: string }) => {
    asked.push(authorization);
    return { ...answerWith({}), status: 401 };
  };
  expect((await withToken(tokens, undefined, refusing)).status).toBe(401);
  expect(asked).toEqual(['Bearer t1', 'Bearer t2']);
});

function answerWith(body: object): DoorAnswer {
  return {
    status: 200,
    headers: new Headers(),
    contentType: 'application/json',
    body: new Uint8Array(),
    json: (schema) => schema.parse(body),
    text: () => JSON.stringify(body),
  };
}
