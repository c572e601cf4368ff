/** How the REST adapter takes what no contract promises: each ends in the right code, never in another person's data. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { http, HttpResponse, type JsonBodyType } from 'msw';
import { setupServer } from 'msw/node';
import { HTTP_MISUSES, type HttpMisuse, misuseHandler } from '../shared/http-misuse.fixture.ts';
import { EDUCATION_READS } from './contract.ts';
import type { EducationSource } from './port.ts';
import { restEducationSource } from './rest-education-source.ts';

const BASE = 'http://education.test/api/v2';
const TOKEN_PATH = `${BASE}/oauth/token`;
const server = setupServer();
beforeAll(() => server.listen({ onUnhandledFrame: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

interface Changed {
  readonly timeoutMs?: number;
  readonly secret?: string;
  readonly warnings?: object[];
  readonly now?: () => number;
}

function sourceWith({ timeoutMs = 2_000, secret = 'secret', warnings = [], now = () => 0 }: Changed = {}) {
  return restEducationSource(
    {
      EDUCATION_URL: BASE,
      EDUCATION_CLIENT_ID: 'hub',
      EDUCATION_CLIENT_SECRET: secret,
      EDUCATION_TIMEOUT_MS: timeoutMs,
    },
    { log: { warn: (entry, message) => warnings.push({ ...entry, message }) }, now },
  );
}

const QUESTIONS: readonly ((source: EducationSource) => Promise<unknown>)[] = [
  ...EDUCATION_READS.map((read) => (source: EducationSource) => source[read](['A'])),
  (source) => source.register(null),
  (source) => source.probe(),
];

const GOOD_TOKEN = { access_token: 'token-1', token_type: 'Bearer', expires_in: 300 };
const grants = (body: JsonBodyType = GOOD_TOKEN) => http.post(TOKEN_PATH, () => HttpResponse.json(body));

/** Answers every list, the first page with the first body and so on, and remembers what was asked. */
function answers(...bodies: readonly JsonBodyType[]): URL[] {
  const asked: URL[] = [];
  const list = http.get(`${BASE}/*`, ({ request }) => {
    asked.push(new URL(request.url));
    return HttpResponse.json(bodies[Math.min(asked.length, bodies.length) - 1] ?? null);
  });
  server.use(grants(), list);
  return asked;
}

const page = (items: readonly object[], more: object = {}) => ({
  dataTime: '2026-11-20T06:00:00+08:00',
  items,
  nextCursor: null,
  found: ['A'],
  ...more,
});
const enrolment = (schoolName: string, more: object = {}) => ({ studentNo: 'A', schoolName, status: '01', ...more });
const schoolsOf = async (source = sourceWith(), ids = ['A', 'B']) =>
  (await source.enrolmentOf(ids)).rows.map((own) => own?.map(({ school }) => school) ?? null);
const INVALID = { code: 'SOURCE_INVALID', source: 'education' };

describe('a service that misbehaves over HTTP', () => {
  const misuses = Object.keys(HTTP_MISUSES) as HttpMisuse[];
  // A source of its own for each question: failures in a row open the circuit breaker, which answers for the service.
  const expectAll = async (misuse: HttpMisuse) => {
    const fresh = () => sourceWith({ timeoutMs: misuse === 'hang' ? 60 : 2_000 });
    const expected = { code: HTTP_MISUSES[misuse].code, source: 'education' };
    await Promise.all(QUESTIONS.map((ask) => expect(ask(fresh())).rejects.toMatchObject(expected)));
  };

  test.each(misuses)('%s from everywhere ends every question in the right code', async (misuse) => {
    server.use(misuseHandler(misuse, BASE));
    await expectAll(misuse);
  });

  test.each(misuses)('%s from the lists, though a token was given, does the same', async (misuse) => {
    server.use(grants(), misuseHandler(misuse, BASE));
    await expectAll(misuse);
  });

  test('a wrong base URL is no empty answer: 404 is SOURCE_INVALID', async () => {
    server.use(
      grants(),
      http.get(`${BASE}/*`, () => HttpResponse.json(page([]), { status: 404 })),
    );
    await expect(schoolsOf()).rejects.toMatchObject(INVALID);
  });

  test('an answer may begin with a byte order mark', async () => {
    const body = `\uFEFF${JSON.stringify(page([enrolment('第一小学')]))}`;
    const headers = { 'content-type': 'application/json' };
    server.use(
      grants(),
      http.get(`${BASE}/*`, () => new HttpResponse(body, { headers })),
    );
    expect(await schoolsOf()).toEqual([['第一小学'], null]);
  });
});

describe('tokens', () => {
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

describe('a service whose lists are wrong', () => {
  test.each([
    ['no items', { ...page([]), items: undefined }],
    ['items that are no list', { ...page([]), items: { 0: enrolment('x') } }],
    ['no word on who is known', { ...page([]), found: undefined }],
    ['a time that is none', page([], { dataTime: 'now' })],
    ['a cursor that is no text', page([], { nextCursor: 7 })],
    ['an endless cursor', page([], { nextCursor: 'x'.repeat(2_000) })],
    ['a bare list', []],
    ['null', null],
  ])('%s is SOURCE_INVALID', async (_, body) => {
    answers(body);
    await expect(schoolsOf()).rejects.toMatchObject(INVALID);
  });

  test('a student who was not asked for is SOURCE_INVALID: the service did not look at the numbers', async () => {
    answers(page([enrolment('第一小学')], { found: ['A', 'C'] }));
    await expect(schoolsOf()).rejects.toMatchObject(INVALID);
  });

  test('a row of somebody else, of nobody or of a number that only begins alike is nobody’s', async () => {
    const warnings: object[] = [];
    const strangers = ['C', 'A1', 'A,B', '__proto__'].map((studentNo) => enrolment('别人的学校', { studentNo }));
    answers(page([...strangers, enrolment('第一小学')]));
    expect(await schoolsOf(sourceWith({ warnings }))).toEqual([['第一小学'], null]);
    expect(warnings).toEqual([{ source: 'education', count: 4, message: 'rows of students not asked for' }]);
  });

  test('an item that does not fit is set aside and told without its values; the others stand', async () => {
    const warnings: object[] = [];
    answers(page([{ studentNo: 'A', grade: '秘密' }, { schoolName: '无主' }, enrolment('第一小学')]));
    expect(await schoolsOf(sourceWith({ warnings }))).toEqual([['第一小学'], null]);
    expect(warnings).toMatchObject([{ list: 'enrolments', setAside: 2, of: 3, reason: 'schoolName: custom' }]);
    expect(JSON.stringify(warnings)).not.toMatch(/秘密|无主/);
  });

  test('where no item can be used the read fails: an empty list would be a lie', async () => {
    answers(page([{ studentNo: 'A' }]));
    await expect(schoolsOf()).rejects.toMatchObject(INVALID);
  });

  test('case 57: control and bidirectional characters do not come through', async () => {
    answers(page([enrolment('第一\u202e\u0000小学', { grade: '\u200b', className: 3, enrolDate: '2023/9/1' })]));
    const { rows } = await sourceWith().enrolmentOf(['A']);
    expect(rows[0]).toEqual([
      { school: '第一小学', grade: null, class: '3', status: 'ENROLLED', from: '2023-09-01', to: null },
    ]);
  });

  test.each([
    ['20230105', '2023-01-05'],
    ['2023/1/5', '2023-01-05'],
    ['２０２３－０１－０５', '2023-01-05'],
    ['2023-01-05T23:30:00Z', '2023-01-06'],
    ['2023-09', '2023-09'],
    ['2023', '2023'],
    [20230105, '2023-01-05'],
    ['20230230', null],
    ['待定', null],
    ['', null],
  ])('a date written %j is read as %j', async (written, expected) => {
    answers(page([enrolment('x', { enrolDate: written })]));
    expect((await sourceWith().enrolmentOf(['A'])).rows[0]?.[0]?.from).toBe(expected);
  });

  test.each([
    [3, 3],
    ['３', 3],
    [0, 0],
    [-1, null],
    [2.5, null],
    ['三次，谈了家里的事', null],
    [1e9, null],
  ])('a number of sessions given as %j is %j', async (sessionCount, expected) => {
    answers(page([{ studentNo: 'A', kind: 'GB', sessionCount }]));
    expect((await sourceWith().counsellingOf(['A'])).rows[0]?.[0]?.sessions).toBe(expected);
  });

  test.each([27, '27', '重度（27 分）', 'SEVERE 27', '__proto__', 'constructor', null])(
    'a level given as %j is OTHER: a score never leaves the department',
    async (level) => {
      answers(page([{ studentNo: 'A', scaleName: 'MHT', level, score: 27, total: '27' }]));
      const { rows } = await sourceWith().assessmentOf(['A']);
      expect(rows).toEqual([[{ instrument: 'MHT', date: null, level: 'OTHER' }]]);
    },
  );
});

describe('cursor pages', () => {
  test('are followed with the same question, and a row that moved to another page comes once', async () => {
    const asked = answers(
      page([enrolment('一')], { nextCursor: 'c&2=' }),
      page([enrolment('一'), enrolment('二')], { nextCursor: '' }),
    );
    expect(await schoolsOf()).toEqual([['一', '二'], null]);
    expect(asked.map(({ searchParams }) => [searchParams.get('studentNo'), searchParams.get('cursor')])).toEqual([
      ['A,B', null],
      ['A,B', 'c&2='],
    ]);
  });

  test('the oldest page says when the data were so', async () => {
    answers(page([], { nextCursor: 'c' }), page([], { dataTime: '2026-11-20T05:59:00+08:00' }));
    expect((await sourceWith().enrolmentOf(['A'])).asOf).toBe('2026-11-20T05:59:00+08:00');
  });

  test('a cursor is a value, never an address', async () => {
    const asked = answers(page([], { nextCursor: 'http://elsewhere.test/../../admin' }), page([]));
    await schoolsOf();
    expect(asked.map(({ origin, pathname }) => origin + pathname)).toEqual([
      `${BASE}/enrolments`,
      `${BASE}/enrolments`,
    ]);
  });

  test('case 45: cursors that go in a circle are found out', async () => {
    const circle = ['c1', 'c2', 'c1'].map((nextCursor) => page([], { nextCursor }));
    const asked = answers(...circle);
    await expect(schoolsOf()).rejects.toMatchObject(INVALID);
    expect(asked).toHaveLength(3);
  });

  test('case 45: pages that never end come to an end', async () => {
    let pages = 0;
    server.use(
      grants(),
      http.get(`${BASE}/*`, () => HttpResponse.json(page([], { nextCursor: `c${(pages += 1)}` }))),
    );
    await expect(schoolsOf()).rejects.toMatchObject(INVALID);
    expect(pages).toBe(50);
  });

  test('a register page that is its own successor is SOURCE_INVALID', async () => {
    answers(page([], { nextCursor: 'c' }));
    const source = sourceWith();
    const { next } = await source.register(null);
    await expect(source.register(next)).rejects.toMatchObject(INVALID);
  });

  test('case 45: many slow pages end with the deadline of the whole read', async () => {
    const { promise: gate, resolve: open } = Promise.withResolvers<void>();
    let pages = 0;
    server.use(
      grants(),
      http.get(`${BASE}/*`, async () => {
        pages += 1;
        if (pages > 1) await gate;
        return HttpResponse.json(page([], { nextCursor: `c${pages}` }));
      }),
    );
    await expect(schoolsOf(sourceWith({ timeoutMs: 80 }))).rejects.toMatchObject({ code: 'SOURCE_TIMEOUT' });
    open();
  });
});
