/** How the REST adapter takes what no contract promises: each ends in the right code, never in another person's data. */
import { describe, expect, test } from '@jest/globals';
import { http, HttpResponse } from 'msw/http';
import { HTTP_MISUSES, type HttpMisuse, misuseHandler } from '../shared/http-misuse.fixture.ts';
import { EDUCATION_READS } from './contract.ts';
import type { EducationSource } from './port.ts';
import { BASE, enrolment, grants, INVALID, mockedService, page, schoolsOf, sourceWith } from './service.fixture.ts';

const { server, answers } = mockedService();

const QUESTIONS: readonly ((source: EducationSource) => Promise<unknown>)[] = [
  ...EDUCATION_READS.map((read) => (source: EducationSource) => source[read](['A'])),
  (source) => source.register(null),
  (source) => source.probe(),
];

describe('a service that misbehaves over HTTP', () => {
  const misuses = Object.keys(HTTP_MISUSES) as HttpMisuse[];
  // A source of its own for each question: failures in a row open the circuit breaker, which answers for the service.
  const endsOf = async (misuse: HttpMisuse) =>
    Promise.all(
      QUESTIONS.map(async (ask) =>
        ask(sourceWith({ timeoutMs: misuse === 'hang' ? 60 : 2_000 })).catch((error: unknown) => error),
      ),
    );
  const expected = (misuse: HttpMisuse) =>
    QUESTIONS.map(() => expect.objectContaining({ code: HTTP_MISUSES[misuse].code, source: 'education' }));

  test.each(misuses)('%s from everywhere ends every question in the right code', async (misuse) => {
    server.use(misuseHandler(misuse, BASE));
    expect(await endsOf(misuse)).toEqual(expected(misuse));
  });

  test.each(misuses)('%s from the lists, though a token was given, does the same', async (misuse) => {
    server.use(grants(), misuseHandler(misuse, BASE));
    expect(await endsOf(misuse)).toEqual(expected(misuse));
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
    expect(warnings).toEqual([
      { source: 'education', list: 'enrolments', count: 4, message: 'rows of persons not asked for' },
    ]);
  });

  test('a row whose number was typed wide, in lower case or with spaces is still its student’s', async () => {
    answers(page([enrolment('一', { studentNo: 'ａ\u3000' }), enrolment('二', { studentNo: ' a' })]));
    expect(await schoolsOf()).toEqual([['一', '二'], null]);
  });

  test('a service that says it is not up does not pass for one that is', async () => {
    answers({ status: 'DOWN' });
    await expect(sourceWith().probe()).rejects.toMatchObject(INVALID);
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

  test('a later page of the register that is one bad line does not stop every walk; a first one does', async () => {
    answers(page([{ studentNo: 'A' }]));
    expect(await sourceWith().register('c')).toEqual({ entries: [], next: null });
    await expect(sourceWith().register(null)).rejects.toMatchObject(INVALID);
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
