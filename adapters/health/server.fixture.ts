/** A made-up FHIR server for tests of how the adapter takes what comes over HTTP. */
import { afterAll, afterEach, beforeAll } from '@jest/globals';
import { http, HttpResponse, type JsonBodyType } from 'msw';
import { setupServer } from 'msw/node';
import { fhirHealthSource } from './fhir-health-source.ts';

export const BASE = 'http://health.test/fhir/R4';
export const FHIR_JSON = 'application/fhir+json; charset=utf-8';

export function sourceWith({ timeoutMs = 2_000, warnings = [] }: { timeoutMs?: number; warnings?: object[] } = {}) {
  return fhirHealthSource(
    { HEALTH_URL: BASE, HEALTH_TOKEN: 'token', HEALTH_TIMEOUT_MS: timeoutMs },
    { log: { warn: (details) => warnings.push(details) } },
  );
}

export const patient = (id: string) => ({ resource: { resourceType: 'Patient', id }, search: { mode: 'match' } });
export const about = (resource: object) => ({ resource, search: { mode: 'include' } });
export const condition = (id: string, of: string, more: object = {}) =>
  about({
    resourceType: 'Condition',
    id,
    subject: { reference: of },
    code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10', code: `F${id}`, display: `诊断${id}` }] },
    ...more,
  });
export const bundle = (entry: readonly object[], next?: string) => ({
  resourceType: 'Bundle',
  type: 'searchset',
  entry,
  ...(next !== undefined && { link: [{ relation: 'next', url: next }] }),
});

/** Listens while the tests of the file run. */
export function mockedServer() {
  const server = setupServer();
  beforeAll(() => server.listen({ onUnhandledFrame: 'error' }));
  afterEach(() => server.resetHandlers());
  afterAll(() => server.close());
  /** Answers every request below the base, the first with the first body, and remembers what was asked. */
  const answers = (...bodies: readonly object[]): URL[] => {
    const asked: URL[] = [];
    server.use(
      http.get(`${BASE}/*`, ({ request }) => {
        asked.push(new URL(request.url));
        const body = bodies[Math.min(asked.length, bodies.length) - 1] ?? {};
        return HttpResponse.json(body as JsonBodyType, { headers: { 'content-type': FHIR_JSON } });
      }),
    );
    return asked;
  };
  return { server, answers };
}

export const codesOf = async (source = sourceWith(), ids = ['a', 'b']) =>
  (await source.diagnosesOf(ids)).rows.map((own) => own?.map(({ code }) => code) ?? null);
