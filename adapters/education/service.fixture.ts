/** A made-up REST service for tests of how the adapter takes what comes over HTTP. */
import { afterAll, afterEach, beforeAll } from '@jest/globals';
import { http, HttpResponse, type JsonBodyType } from 'msw';
import { setupServer } from 'msw/node';
import { restEducationSource } from './rest-education-source.ts';

export const BASE = 'http://education.test/api/v2';
export const TOKEN_PATH = `${BASE}/oauth/token`;
export const GOOD_TOKEN = { access_token: 'token-1', token_type: 'Bearer', expires_in: 300 };
export const INVALID = { code: 'SOURCE_INVALID', source: 'education' };

/** Listens while the tests of the file run. */
export function mockedService() {
  const server = setupServer();
  beforeAll(() => server.listen({ onUnhandledFrame: 'error' }));
  afterEach(() => server.resetHandlers());
  afterAll(() => server.close());
  /** Answers every list, the first page with the first body and so on, and remembers what was asked. */
  const answers = (...bodies: readonly JsonBodyType[]): URL[] => {
    const asked: URL[] = [];
    const list = http.get(`${BASE}/*`, ({ request }) => {
      asked.push(new URL(request.url));
      return HttpResponse.json(bodies[Math.min(asked.length, bodies.length) - 1] ?? null);
    });
    server.use(grants(), list);
    return asked;
  };
  return { server, answers };
}

interface Changed {
  readonly timeoutMs?: number;
  readonly secret?: string;
  readonly warnings?: object[];
  readonly now?: () => number;
}

export function sourceWith({ timeoutMs = 2_000, secret = 'secret', warnings = [], now = () => 0 }: Changed = {}) {
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

export const grants = (body: JsonBodyType = GOOD_TOKEN) => http.post(TOKEN_PATH, () => HttpResponse.json(body));

export const page = (items: readonly object[], more: object = {}) => ({
  dataTime: '2026-11-20T06:00:00+08:00',
  items,
  nextCursor: null,
  found: ['A'],
  ...more,
});
export const enrolment = (schoolName: string, more: object = {}) => ({
  studentNo: 'A',
  schoolName,
  status: '01',
  ...more,
});
export const schoolsOf = async (source = sourceWith(), ids = ['A', 'B']) =>
  (await source.enrolmentOf(ids)).rows.map((own) => own?.map(({ school }) => school) ?? null);
