import { describe, expect, test } from '@jest/globals';
import { delay } from 'msw';
import { http, HttpResponse } from 'msw/http';
import { BASE, enrolment, grants, INVALID, mockedService, page, schoolsOf, sourceWith } from './service.fixture.ts';

const { server, answers } = mockedService();

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

  test.each([
    ['rows', Array.from({ length: 6_000 }, () => ({})), 4],
    ['bytes', [enrolment('一', { remark: 'x'.repeat(4_000_000) })], 3],
  ])('pages that hold too many %s together are SOURCE_INVALID, long before the last', async (_, items, most) => {
    const asked = answers(...['c1', 'c2', 'c3', 'c4', ''].map((nextCursor) => page(items, { nextCursor })));
    await expect(schoolsOf()).rejects.toMatchObject(INVALID);
    expect(asked).toHaveLength(most);
  });

  test('two rows alike with numbers of their own are two, two versions of one number are one', async () => {
    const numbered = (recordNo: unknown, name = '一') => enrolment(name, { recordNo });
    answers(page([numbered('1'), numbered('2'), numbered('2', '二'), numbered(null), numbered({}), enrolment('一')]));
    expect(await schoolsOf()).toEqual([['一', '一', '一'], null]);
  });

  test('a register page that is its own successor is SOURCE_INVALID', async () => {
    answers(page([], { nextCursor: 'c' }));
    const source = sourceWith();
    const { next } = await source.register(null);
    await expect(source.register(next)).rejects.toMatchObject(INVALID);
  });

  test('case 45: pages each within the deadline end with that of the whole read', async () => {
    let pages = 0;
    server.use(
      grants(),
      http.get(`${BASE}/*`, async () => {
        await delay(30);
        return HttpResponse.json(page([], { nextCursor: `c${(pages += 1)}` }));
      }),
    );
    await expect(schoolsOf(sourceWith({ timeoutMs: 200 }))).rejects.toMatchObject({ code: 'SOURCE_TIMEOUT' });
    expect(pages).toBeLessThan(10);
  });
});
