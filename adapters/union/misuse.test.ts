import { setTimeout } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { http, HttpResponse, type JsonBodyType } from 'msw';
import { setupServer } from 'msw/node';
import { HTTP_MISUSES, type HttpMisuse, misuseHandler } from '../shared/http-misuse.fixture.ts';
import { UNION_READS } from './contract.ts';
import type { UnionSource } from './port.ts';
import { signedUnionSource } from './signed-union-source.ts';

const BASE = 'http://union.test/openapi/v1';
const server = setupServer();
beforeAll(() => server.listen({ onUnhandledFrame: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

interface Changed {
  readonly timeoutMs?: number;
  readonly warnings?: object[];
  readonly pageSize?: number;
}

function sourceWith({ timeoutMs = 2_000, warnings = [], pageSize = 10 }: Changed = {}): UnionSource {
  return signedUnionSource(
    { UNION_URL: BASE, UNION_APP_KEY: 'app', UNION_APP_SECRET: 'secret', UNION_TIMEOUT_MS: timeoutMs },
    { pageSize, log: { warn: (details) => warnings.push(details) } },
  );
}

const aid = (id: unknown, memberNo: string, more: object = {}) => ({
  id,
  memberNo,
  aidType: '1',
  aidTypeName: `救助${String(id)}`,
  amount: 100,
  grantDate: '2026/1/5',
  ...more,
});
const success = (data: object) => ({ code: 0, message: 'success', data });
const aids = (list: readonly unknown[], more: object = {}) =>
  success({
    dataTime: '2026-11-20T06:00:00+08:00',
    total: list.length,
    page: 1,
    size: 10,
    known: ['GH-1', 'GH-2'],
    list,
    ...more,
  });

/** Answers every request below the base, the first with the first body, and remembers what was asked. */
function answers(...bodies: readonly unknown[]): Request[] {
  const asked: Request[] = [];
  server.use(
    http.all(`${BASE}/*`, ({ request }) => {
      asked.push(request);
      return HttpResponse.json(bodies[Math.min(asked.length, bodies.length) - 1] as JsonBodyType);
    }),
  );
  return asked;
}

const aidsOf = async (source = sourceWith(), ids = ['GH-1', 'GH-2']) =>
  (await source.hardshipAidOf(ids)).rows.map((own) => own?.map(({ kindDisplay }) => kindDisplay) ?? null);

describe('a union service that misbehaves over HTTP', () => {
  test.each(Object.keys(HTTP_MISUSES) as HttpMisuse[])('%s ends every question in the right code', async (misuse) => {
    server.use(misuseHandler(misuse, BASE));
    const questions: ((source: UnionSource) => Promise<unknown>)[] = [
      ...UNION_READS.map((read) => (source: UnionSource) => source[read](['GH-1'])),
      (source) => source.register(null),
      (source) => source.probe(),
    ];
    const expected = { code: HTTP_MISUSES[misuse].code, source: 'union' };
    // A source of its own for each: failures in a row open the circuit breaker, which answers for the service.
    const fresh = () => sourceWith({ timeoutMs: misuse === 'hang' ? 60 : 2_000 });
    await Promise.all(questions.map((ask) => expect(ask(fresh())).rejects.toMatchObject(expected)));
  });

  test('a wrong base URL is no empty answer: 404 is SOURCE_INVALID', async () => {
    server.use(http.get(`${BASE}/*`, () => HttpResponse.json(aids([]), { status: 404 })));
    await expect(aidsOf()).rejects.toMatchObject({ code: 'SOURCE_INVALID' });
  });
});

describe('a failure that comes with HTTP status 200', () => {
  test.each([
    [42900, 'SOURCE_UNAVAILABLE'],
    [50001, 'SOURCE_UNAVAILABLE'],
    [50300, 'SOURCE_UNAVAILABLE'],
    [40000, 'SOURCE_INVALID'],
    [40102, 'SOURCE_INVALID'],
    [-1, 'SOURCE_INVALID'],
    [5, 'SOURCE_INVALID'],
  ])('code %d is %s, whatever data comes with it', async (code, expected) => {
    answers({ ...aids([aid(1, 'GH-1')]), code, message: '王小明' });
    await expect(aidsOf()).rejects.toMatchObject({ code: expected, source: 'union' });
  });

  test('a busy service is asked again, under a nonce and a signature of its own', async () => {
    const asked = answers({ code: 50001, message: '系统异常' }, aids([aid(1, 'GH-1')]));
    expect(await aidsOf()).toEqual([['救助1'], []]);
    const headers = (name: string) => new Set(asked.map((request) => request.headers.get(name)));
    expect([asked.length, headers('x-nonce').size, headers('x-signature').size]).toEqual([2, 2, 2]);
  });
});

describe('a union service whose answers are wrong', () => {
  test.each([
    ['an array', []],
    ['null', null],
    ['no code', { data: aids([]).data }],
    ['a code in words', { ...aids([]), code: 'ok' }],
    ['no data', { code: 0 }],
    ['rows that are no list', aids([], { list: {} })],
    ['no total', aids([], { total: null })],
    ['a total below zero', aids([], { total: -1 })],
    ['another page than was asked for', aids([], { page: 2 })],
    ['another page size than was asked for', aids([], { size: 50 })],
    ['no time', aids([], { dataTime: '昨天' })],
  ])('%s in place of a list is SOURCE_INVALID', async (_, body) => {
    answers(body);
    await expect(aidsOf()).rejects.toMatchObject({ code: 'SOURCE_INVALID' });
  });

  test('a member who was not asked for is SOURCE_INVALID: the service did not search', async () => {
    answers(aids([aid(1, 'GH-3')], { known: ['GH-3'] }));
    await expect(aidsOf()).rejects.toMatchObject({ code: 'SOURCE_INVALID' });
  });

  test('a row about somebody else is dropped, and how many is told', async () => {
    const warnings: object[] = [];
    answers(aids([aid(1, 'GH-1'), aid(2, 'GH-3'), aid(3, '__proto__')]));
    expect(await aidsOf(sourceWith({ warnings }))).toEqual([['救助1'], []]);
    expect(warnings).toContainEqual({ source: 'union', list: 'aid/grants', count: 1 });
    expect(JSON.stringify(warnings)).not.toContain('GH-');
  });

  test('a malformed row is set aside and told without its values; the others stand', async () => {
    const warnings: object[] = [];
    answers(aids([aid(1, 'GH-1'), aid(null, 'GH-1'), aid(3, '？'), '救助', aid(5, 'GH-2')]));
    expect(await aidsOf(sourceWith({ warnings }))).toEqual([['救助1'], ['救助5']]);
    expect(warnings).toMatchObject([{ source: 'union', list: 'aid/grants', setAside: 3, of: 5 }]);
    expect(JSON.stringify(warnings)).not.toMatch(/救助|GH-/);
  });

  test('where no row can be used the read fails: an empty list would be a lie', async () => {
    answers(aids([aid(null, 'GH-1')]));
    await expect(aidsOf()).rejects.toMatchObject({ code: 'SOURCE_INVALID' });
  });

  test('rows that share an id but not a member are two rows', async () => {
    answers(aids([aid(1, 'GH-1'), aid(1, 'GH-2'), aid(1, 'GH-1', { aidTypeName: '旧' })]));
    expect(await aidsOf()).toEqual([['救助1'], ['救助1']]);
  });

  test('what cannot be read is absent, and a code outside the set is kept as it stands', async () => {
    answers(aids([aid(1, 'ｇｈ－１', { aidType: '__proto__', amount: '一百', grantDate: '2026/2/30' })]));
    const { rows } = await sourceWith().hardshipAidOf(['GH-1', 'GH-2']);
    expect(rows[0]).toMatchObject([{ kind: 'OTHER', kindCode: '__proto__', amountCny: null, date: null }]);
  });

  test.each([
    [45296, '2024-01-05'],
    ['45296', '2024-01-05'],
    ['２０２３／１／５', '2023-01-05'],
    ['20230105', '2023-01-05'],
    ['2023-01', '2023-01'],
  ])('a date %j is %s', async (grantDate, expected) => {
    answers(aids([aid(1, 'GH-1', { grantDate })]));
    expect((await sourceWith().hardshipAidOf(['GH-1', 'GH-2'])).rows[0]).toMatchObject([{ date: expected }]);
  });

  test('case 57: control and bidirectional characters do not come through', async () => {
    answers(aids([aid(1, 'GH-1', { aidTypeName: '生活\u202e\u0000救助\ud800' })]));
    expect(await aidsOf()).toEqual([['生活救助'], []]);
  });

  test.each([
    ['name', { programName: '心灵讲座', programCode: 'XL01' }, '心灵讲座'],
    ['code', { programName: null, programCode: 'XL03' }, '心理危机援助'],
    ['code outside the set', { programCode: 'constructor' }, 'constructor'],
  ])('a programme is known by its %s', async (_, more, programme) => {
    answers(aids([{ id: 1, memberNo: 'GH-1', ...more }]));
    expect((await sourceWith().employeeAssistanceOf(['GH-1', 'GH-2'])).rows[0]).toMatchObject([{ programme }]);
  });

  test('a provider whose name tells the employer is left out', async () => {
    const row = (id: number, provider: string) => ({ id, memberNo: 'GH-1', programCode: 'XL01', provider });
    answers(aids([{ ...row(1, '红星机械厂心理室'), unitName: '红星机械厂' }, row(2, '区职工服务中心')]));
    const { rows } = await sourceWith().employeeAssistanceOf(['GH-1', 'GH-2']);
    expect(rows[0]?.map(({ provider }) => provider)).toEqual([null, '区职工服务中心']);
    expect(JSON.stringify(rows)).not.toContain('红星');
  });
});

describe('the pages of a union service', () => {
  test('case 45: a list without end is not read', async () => {
    const asked = answers(
      aids(
        Array.from({ length: 10 }, (_, i) => aid(i, 'GH-1')),
        { total: 1_000_000_000 },
      ),
    );
    await expect(aidsOf()).rejects.toMatchObject({ code: 'SOURCE_INVALID' });
    expect(asked).toHaveLength(1);
  });

  test('case 45: many slow pages, each in time, end with the deadline of the whole read', async () => {
    server.use(
      http.get(`${BASE}/*`, async ({ request }) => {
        await setTimeout(10);
        const page = Number(new URL(request.url).searchParams.get('page'));
        const list = Array.from({ length: 10 }, (_, i) => aid(page * 10 + i, 'GH-1'));
        return HttpResponse.json(aids(list, { page, total: 500 }));
      }),
    );
    await expect(aidsOf(sourceWith({ timeoutMs: 120 }))).rejects.toMatchObject({ code: 'SOURCE_TIMEOUT' });
  });
});

describe('the register of a union service', () => {
  const line = { memberNo: 'GH-1', memberName: '某人' };
  const bad = { memberNo: 'GH-2', memberName: null };

  test('a line that cannot be used is set aside, also when it is alone on the last page', async () => {
    answers(aids([bad, ...Array.from({ length: 9 }, () => line)], { total: 11 }), aids([bad], { page: 2, total: 11 }));
    const source = sourceWith();
    const first = await source.register(null);
    expect(first.entries).toHaveLength(9);
    expect(await source.register(first.next)).toEqual({ entries: [], next: null });
  });

  test('a register of which nothing can be used is SOURCE_INVALID', async () => {
    answers(aids([bad]));
    await expect(sourceWith().register(null)).rejects.toMatchObject({ code: 'SOURCE_INVALID' });
  });
});

describe('ids', () => {
  test('case 48: an id with separators or wild cards is never sent', async () => {
    const asked = answers(aids([]));
    const hostile = ['GH-1,GH-2', '*', "' OR 1=1", 'a&size=1', '', 'gh-1', '\u0000', '__proto__'];
    expect(await aidsOf(sourceWith(), hostile)).toEqual(hostile.map(() => null));
    expect(asked).toEqual([]);
  });
});
