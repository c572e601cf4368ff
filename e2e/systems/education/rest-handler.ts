/** The department's REST service: lists by student number in cursor pages, behind a bearer token. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { json, text } from 'node:stream/consumers';
import { cursorAt, positionOf } from './cursor.ts';
import type { Category, Item } from './item.ts';
import type { EducationRecords } from './records.ts';
import type { ReferralEntries, Reply } from './referral-entries.ts';
import type { TokenOffice } from './token-office.ts';

const LISTS: Readonly<Record<string, Category>> = {
  enrolments: 'enrolment',
  'counselling-services': 'counselling',
  assessments: 'assessment',
  'protection-cases': 'protection',
};
/** These run on the older machine, whose answers begin with a byte order mark. */
const WITH_BOM = new Set(['assessments', 'students']);
const DEFAULT_LIMIT = 50;
const MOST_ITEMS = 200;
const MOST_STUDENTS = 100;
const MAX_FORM_BYTES = 2_000;

interface RestServing {
  readonly records: EducationRecords;
  /** E.g. `/api/v2`. */
  readonly basePath: string;
  readonly client: { readonly id: string; readonly secret: string };
  readonly office: TokenOffice;
  readonly referrals: ReferralEntries;
  /** Told what was asked, e.g. `enrolment`. */
  readonly onCall: (what: string) => void;
}

export function restHandler(serving: RestServing): RequestListener {
  const { basePath, office, onCall } = serving;
  return (request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const path = url.pathname.startsWith(`${basePath}/`) ? url.pathname.slice(basePath.length + 1) : '';
    if (path === 'oauth/token') return void grant(serving, request, response);
    if (!office.accepts(/^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '')) {
      response.setHeader('www-authenticate', 'Bearer error="invalid_token"');
      return send(response, 401, { code: 'invalid_token' });
    }
    if (path.startsWith('referral')) return void answerReferrals(serving, { request, response, path, url });
    if (request.method !== 'GET') return send(response, 405, { code: 'method_not_allowed' });
    const category = Object.hasOwn(LISTS, path) ? LISTS[path] : undefined;
    onCall(category ?? (path === 'students' ? 'register' : path === 'ping' ? 'probe' : 'other'));
    if (path === 'ping') return send(response, 200, { status: 'UP' });
    const page = category ? batchPage(serving, category, url) : path === 'students' ? registerPage(serving, url) : null;
    if (page === null) return send(response, 404, { code: 'not_found' });
    if ('code' in page) return send(response, 400, page);
    send(response, 200, { dataTime: new Date().toISOString(), ...page }, WITH_BOM.has(path));
  };
}

interface Asked {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly path: string;
  readonly url: URL;
}

async function answerReferrals({ referrals, onCall }: RestServing, { request, response, path, url }: Asked) {
  onCall(path);
  const { status, body, lost } = await replyTo();
  if (lost === true) request.socket.destroy();
  else send(response, status, body, path === 'referral-answers');

  async function replyTo(): Promise<Reply> {
    const asked = `${request.method} ${path}`;
    if (asked === 'GET referrals') return referrals.byIds(url.searchParams);
    if (asked === 'GET referral-answers') return referrals.answers(url.searchParams);
    if (asked !== 'POST referrals') return { status: 405, body: { code: 'method_not_allowed' } };
    const key = request.headers['idempotency-key'];
    return referrals.take(await json(request).catch(() => null), typeof key === 'string' ? key : undefined);
  }
}

async function grant({ client, office, onCall }: RestServing, request: IncomingMessage, response: ServerResponse) {
  onCall('token');
  const type = request.headers['content-type'] ?? '';
  const length = Number(request.headers['content-length'] ?? Number.NaN);
  if (request.method !== 'POST' || !type.startsWith('application/x-www-form-urlencoded') || !(length <= MAX_FORM_BYTES))
    return send(response, 400, { error: 'invalid_request' });
  const form = new URLSearchParams(await text(request));
  const expected = `Basic ${Buffer.from(`${client.id}:${client.secret}`).toString('base64')}`;
  if (request.headers.authorization !== expected) {
    response.setHeader('www-authenticate', 'Basic realm="education"');
    return send(response, 401, { error: 'invalid_client' });
  }
  if (form.get('grant_type') !== 'client_credentials') return send(response, 400, { error: 'unsupported_grant_type' });
  response.setHeader('cache-control', 'no-store');
  send(response, 200, office.issue());
}

type Page = { readonly items: readonly Item[]; readonly nextCursor: string | null; readonly found?: readonly string[] };
type Refused = { readonly code: string };

function batchPage({ records }: RestServing, category: Category, { searchParams }: URL): Page | Refused {
  const asked = (searchParams.get('studentNo') ?? '').split(',').filter(Boolean);
  if (asked.length === 0 || asked.length > MOST_STUDENTS) return { code: 'bad_student_no' };
  const lists = asked.map((studentNo) => [studentNo, records.of(category, studentNo)] as const);
  const found = lists.flatMap(([studentNo, items]) => (items === null ? [] : [studentNo]));
  const items = lists.flatMap(([, own]) => own ?? []);
  const page = pageOf(searchParams, `${category} ${asked.join()}`, {
    size: items.length,
    cut: (from, to) => items.slice(from, to),
  });
  return 'code' in page ? page : { ...page, found };
}

function registerPage({ records }: RestServing, { searchParams }: URL): Page | Refused {
  return pageOf(searchParams, 'students', { size: records.registerSize, cut: records.register });
}

interface Whole {
  readonly size: number;
  readonly cut: (from: number, to: number) => readonly Item[];
}

function pageOf(search: URLSearchParams, question: string, { size, cut }: Whole): Page | Refused {
  const from = positionOf(search.get('cursor'), question);
  const limit = Number(search.get('limit') ?? DEFAULT_LIMIT);
  if (from === null) return { code: 'bad_cursor' };
  if (!Number.isInteger(limit) || limit < 1) return { code: 'bad_limit' };
  const to = from + Math.min(limit, MOST_ITEMS);
  return { items: cut(from, to), nextCursor: to < size ? cursorAt(to, question) : null };
}

function send(response: ServerResponse, status: number, body: object, withBom = false): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(`${withBom ? '\uFEFF' : ''}${JSON.stringify(body)}`);
}
