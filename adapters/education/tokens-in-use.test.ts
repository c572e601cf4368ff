import { describe, expect, test } from '@jest/globals';
import { http, HttpResponse } from 'msw/http';
import {
  BASE,
  enrolment,
  GOOD_TOKEN,
  grants,
  INVALID,
  mockedService,
  page,
  schoolsOf,
  sourceWith,
  TOKEN_PATH,
} from './service.fixture.ts';

const { server, answers } = mockedService();

describe('tokens of the service', () => {
  test.each([
    ['no token', { token_type: 'Bearer' }],
    ['a token that would break out of its header', { ...GOOD_TOKEN, access_token: 'a\r\nx-admin: 1' }],
    ['a token with white space', { ...GOOD_TOKEN, access_token: 'a b' }],
    ['an endless token', { ...GOOD_TOKEN, access_token: 'a'.repeat(9_000) }],
    ['a token of another kind', { ...GOOD_TOKEN, token_type: 'mac' }],
    ['a lifetime that is none', { ...GOOD_TOKEN, expires_in: 'soon' }],
    ['a lifetime in the past', { ...GOOD_TOKEN, expires_in: -1 }],
    ['null', null],
  ])('%s is SOURCE_INVALID, and no list is asked', async (_, body) => {
    const asked = answers(page([]));
    server.use(grants(body));
    await expect(schoolsOf()).rejects.toMatchObject(INVALID);
    expect(asked).toEqual([]);
  });

  test('RFC 6749 5.2: a client that is refused with 400 is SOURCE_UNAVAILABLE, and is not tried again', async () => {
    let requests = 0;
    server.use(
      http.post(TOKEN_PATH, () => {
        requests += 1;
        return HttpResponse.json({ error: 'unauthorized_client' }, { status: 400 });
      }),
    );
    await expect(schoolsOf()).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE', transient: false });
    expect(requests).toBe(1);
  });

  test('the client says who it is by Basic, form-encoded, and its secret stands nowhere else', async () => {
    const sent: string[] = [];
    answers(page([]));
    server.use(
      http.post(TOKEN_PATH, async ({ request }) => {
        sent.push(request.headers.get('authorization') ?? '', await request.text(), new URL(request.url).search);
        return HttpResponse.json(GOOD_TOKEN);
      }),
    );
    await schoolsOf(sourceWith({ secret: 'a:b c+密' }));
    const basic = `Basic ${Buffer.from('hub:a%3Ab+c%2B%E5%AF%86').toString('base64')}`;
    expect(sent).toEqual([basic, 'grant_type=client_credentials', '']);
  });

  test('a token that the lists never take is renewed once a read, no more', async () => {
    const requests: string[] = [];
    server.use(
      http.post(TOKEN_PATH, () => {
        requests.push('token');
        return HttpResponse.json(GOOD_TOKEN);
      }),
      http.get(`${BASE}/*`, () => {
        requests.push('list');
        return HttpResponse.json({}, { status: 401 });
      }),
    );
    await expect(schoolsOf()).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
    expect(requests).toEqual(['token', 'list', 'token', 'list']);
  });

  test('a failed token is not kept: the next read asks again', async () => {
    answers(page([enrolment('第一小学')]));
    server.use(http.post(TOKEN_PATH, () => HttpResponse.json({}, { status: 403 }), { once: true }));
    const source = sourceWith();
    await expect(schoolsOf(source)).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
    expect(await schoolsOf(source)).toEqual([['第一小学'], null]);
  });

  test('without a lifetime a token is used for less than a minute', async () => {
    let tokens = 0;
    let now = 0;
    answers(page([]));
    server.use(
      http.post(TOKEN_PATH, () => {
        tokens += 1;
        return HttpResponse.json({ access_token: 'a', token_type: 'bearer' });
      }),
    );
    const source = sourceWith({ now: () => now });
    for (now of [0, 50_000, 59_000]) await schoolsOf(source);
    expect(tokens).toBe(2);
  });

  test('no error names the token or the secret', async () => {
    server.use(
      grants(),
      http.get(`${BASE}/*`, () => HttpResponse.json({ echo: 'token-1 secret-word' }, { status: 500 })),
    );
    const error: unknown = await schoolsOf(sourceWith({ secret: 'secret-word' })).catch((caught: unknown) => caught);
    const seen = `${String(error)} ${String((error as Error).cause)} ${JSON.stringify(error)}`;
    expect(seen).not.toMatch(/token-1|secret-word|education\.test/);
  });
});
