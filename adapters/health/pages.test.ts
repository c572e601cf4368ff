import { setTimeout } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { http, HttpResponse } from 'msw';
import { about, BASE, bundle, codesOf, condition, mockedServer, patient, sourceWith } from './server.fixture.ts';

const { server, answers } = mockedServer();

describe('the pages of a health server', () => {
  test('are followed, and a row that moved to another page comes once', async () => {
    const asked = answers(
      bundle([patient('a'), condition('1', 'Patient/a')], `${BASE}/Patient?page=2`),
      bundle([patient('a'), condition('1', 'Patient/a'), condition('2', 'Patient/a')]),
    );
    expect(await codesOf()).toEqual([['F1', 'F2'], null]);
    expect(asked.map(({ search }) => search)).toEqual([expect.stringContaining('_id=a%2Cb'), '?page=2']);
  });

  test.each([
    ['another host', 'http://elsewhere.test/fhir/R4/Patient?page=2'],
    ['another port', 'http://health.test:81/fhir/R4/Patient?page=2'],
    ['another scheme', 'https://health.test/fhir/R4/Patient?page=2'],
    ['a path outside the base', 'http://health.test/admin'],
    ['a path that climbs out', `${BASE}/../../admin`],
    ['a link with credentials', 'http://a:b@health.test/fhir/R4/Patient'],
    ['no link at all', 'http://'],
  ])('case 53: a next link to %s is not followed', async (_, next) => {
    const asked = answers(bundle([patient('a')], next));
    await expect(codesOf()).rejects.toMatchObject({ code: 'SOURCE_INVALID' });
    expect(asked).toHaveLength(1);
  });

  test('an empty link to the next page of the register is refused, and is no cursor', async () => {
    answers(bundle([patient('a')], ''));
    await expect(sourceWith().register(null)).rejects.toMatchObject({ code: 'SOURCE_INVALID' });
  });

  test('case 53: a cursor that leads elsewhere is not followed', async () => {
    await expect(sourceWith().register('http://elsewhere.test/fhir/R4/Patient')).rejects.toMatchObject({
      code: 'SOURCE_INVALID',
    });
  });

  test('case 45: pages that go in a circle, or on for ever, come to an end', async () => {
    answers(bundle([patient('a')], `${BASE}/Patient?page=2`));
    await expect(codesOf()).rejects.toMatchObject({ code: 'SOURCE_INVALID' });
    let page = 0;
    server.use(
      http.get(`${BASE}/*`, () => HttpResponse.json(bundle([patient('a')], `${BASE}/Patient?page=${(page += 1)}`))),
    );
    await expect(codesOf()).rejects.toMatchObject({ code: 'SOURCE_INVALID' });
    expect(page).toBeLessThanOrEqual(51);
  });

  test.each([
    ['rows', Array.from({ length: 6_000 }, () => about({ resourceType: 'Basic' })), 4],
    ['bytes', [about({ resourceType: 'Basic', language: 'x'.repeat(4_000_000) })], 3],
  ])(
    'case 45: pages that hold too many %s together are SOURCE_INVALID, long before the last',
    async (_, rows, most) => {
      const pages = Array.from({ length: 6 }, (_one, i) =>
        bundle([patient('a'), ...rows], `${BASE}/Patient?page=${i}`),
      );
      const asked = answers(...pages);
      await expect(codesOf()).rejects.toMatchObject({ code: 'SOURCE_INVALID' });
      expect(asked).toHaveLength(most);
    },
  );

  test('case 45: a link longer than any address is SOURCE_INVALID: the register would keep it as its cursor', async () => {
    answers(bundle([patient('a')], `${BASE}/Patient?x=${'y'.repeat(9_000)}`));
    await expect(sourceWith().register(null)).rejects.toMatchObject({ code: 'SOURCE_INVALID' });
  });

  test('case 45: a page of the register that names itself as the next is refused', async () => {
    const itself = `${BASE}/Patient?page=2`;
    answers(bundle([patient('a')], itself));
    const { next } = await sourceWith().register(null);
    expect(next).toBe(itself);
    await expect(sourceWith().register(next)).rejects.toMatchObject({ code: 'SOURCE_INVALID' });
  });

  test('case 45: many slow pages, each in time, end with the deadline of the whole read', async () => {
    let page = 0;
    server.use(
      http.get(`${BASE}/*`, async () => {
        await setTimeout(10);
        return HttpResponse.json(bundle([patient('a')], `${BASE}/Patient?page=${(page += 1)}`));
      }),
    );
    await expect(codesOf(sourceWith({ timeoutMs: 80 }))).rejects.toMatchObject({ code: 'SOURCE_TIMEOUT' });
  });
});
