/** The union's REST service: every answer is an envelope `{ code, message, data }`, most failures have HTTP status 200. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { z } from 'zod';
import type { PagedLists } from './paged-lists.ts';
import type { Category } from './record-types.ts';
import type { SignatureProblem, SignedRequest } from './signature-check.ts';

export const BASE_PATH = '/openapi/v1';
const MOST_MEMBERS = 100;
const MAX_BODY_BYTES = 10_000;

const SIGNATURE_CODES: Readonly<Record<SignatureProblem, readonly [number, string]>> = {
  UNKNOWN_APP: [40101, '应用未授权'],
  BAD_SIGNATURE: [40102, '签名错误'],
  OLD_TIMESTAMP: [40103, '时间戳已过期'],
  BAD_NONCE: [40104, '随机串不合规'],
  REPLAYED: [40105, '请求重复'],
};

const paging = z.object({
  page: z.coerce.number().int().min(1).max(1_000_000),
  size: z.coerce.number().int().min(1).max(200),
});
const batch = paging.extend({
  memberNos: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(z.string().min(1)).max(MOST_MEMBERS)),
});

interface ServiceOptions {
  readonly lists: PagedLists;
  readonly check: (request: SignedRequest) => SignatureProblem | null;
  /** Counts a call that was answered. */
  readonly count: (what: string) => void;
  /** The service's own failures, at the moment. */
  readonly failing: () => Failure | null;
  /** ISO instant of the data. */
  readonly dataTime: string;
}
export interface Failure {
  readonly code: number;
  readonly message: string;
}
interface Answer {
  readonly status?: number;
  readonly body: { readonly code: number; readonly message: string; readonly data?: unknown };
}

const PATHS: Readonly<Record<string, Category>> = {
  '/eap/services': 'employee-assistance',
  '/aid/grants': 'hardship-aid',
  '/mediation/cases': 'workplace-mediation',
};

export function unionService(options: ServiceOptions): RequestListener {
  return (request, response) => {
    void answerTo(request, options)
      .catch((): Answer => ({ body: { code: 50001, message: '系统异常' } }))
      .then((answer) => send(response, answer));
  };
}

async function answerTo(request: IncomingMessage, options: ServiceOptions): Promise<Answer> {
  const { method = 'GET', url: target = '/', headers } = request;
  if (Number(headers['content-length'] ?? 0) > MAX_BODY_BYTES) return refusal(413, 41300, '请求过大');
  const problem = options.check({ method, target, headers, body: await buffer(request) });
  if (problem !== null) return refusal(401, ...SIGNATURE_CODES[problem]);
  const failure = options.failing();
  if (failure !== null) return { body: failure };
  const { pathname, searchParams } = new URL(target, 'http://localhost');
  if (method !== 'GET' || !pathname.startsWith(`${BASE_PATH}/`)) return refusal(404, 40400, '接口不存在');
  return route(pathname.slice(BASE_PATH.length), Object.fromEntries(searchParams), options);
}

function route(path: string, query: object, { lists, count, dataTime }: ServiceOptions): Answer {
  const category = Object.hasOwn(PATHS, path) ? PATHS[path] : undefined;
  if (category !== undefined) {
    const asked = batch.safeParse(query);
    if (!asked.success) return wrongQuery;
    count(category);
    const { memberNos, ...page } = asked.data;
    return ok({ dataTime, known: lists.known(memberNos), ...lists.rows(category, memberNos, page) });
  }
  if (path === '/members') {
    const asked = paging.safeParse(query);
    if (!asked.success) return wrongQuery;
    count('register');
    return ok({ dataTime, ...lists.members(asked.data) });
  }
  if (path !== '/ping') return refusal(404, 40400, '接口不存在');
  count('probe');
  return ok({ dataTime });
}

const ok = (data: object): Answer => ({ body: { code: 0, message: 'success', data } });
const wrongQuery: Answer = { body: { code: 40000, message: '参数错误' } };
const refusal = (status: number, code: number, message: string): Answer => ({ status, body: { code, message } });

function send(response: ServerResponse, { status = 200, body }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}
