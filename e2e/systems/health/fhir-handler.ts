import { allOk, badRequest, getStatus, notFound, unauthorized } from '@medplum/core';
import { type FhirResponse, FhirRouter, type MemoryRepository } from '@medplum/fhir-router';
import type { Bundle, OperationOutcome, Resource } from '@medplum/fhirtypes';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';

import { isReferralType, type ReferralTasks } from './referral-tasks.ts';

const DEFAULT_PAGE = 20;
const LARGEST_PAGE = 100;

interface FhirServing {
  readonly repository: MemoryRepository;
  /** E.g. `/fhir/R4`. */
  readonly basePath: string;
  readonly token: string;
  readonly referrals: ReferralTasks;
  /** Told what was asked, e.g. `Condition`. */
  readonly onCall: (resourceType: string) => void;
}

/** FHIR R4 over HTTP behind a bearer token, read-only but for referrals. Routing, searching and outcomes are the FHIR library's. */
export function fhirHandler({ repository, basePath, token, referrals, onCall }: FhirServing): RequestListener {
  const router = new FhirRouter();
  router.add('GET', 'metadata', async () => [{ resourceType: 'OperationOutcome', issue: [] }, capabilities()]);

  return (request, response) => {
    if (request.headers.authorization !== `Bearer ${token}`) return sendOutcome(response, unauthorized);
    const target = targetOf(request, basePath);
    if (target === null) return sendOutcome(response, notFound);
    const [type = '', id] = target.pathname.slice(basePath.length + 1).split('/');
    if (isReferralType(type)) {
      onCall(request.method === 'GET' ? type : `${type}.write`);
      if (request.method !== 'GET') return void writeReferral({ request, response, type, id });
      const page = pageOf(target);
      const found = referrals.search(type, target, page) as Bundle;
      return sendResult(response, withLinks([allOk, found], { target, page }));
    }
    if (request.method !== 'GET') return sendOutcome(response, badRequest('This server is read-only'), 405);
    onCall(askedFor(target));
    void answer(target, response);
  };

  async function writeReferral({ request, response, type, id }: ReferralWrite) {
    const { method = '', headers } = request;
    const header = (name: string) => [headers[name]].flat()[0];
    const reply = referrals.write({
      method,
      type,
      id,
      body: await json(request).catch(() => null),
      ifNoneExist: header('if-none-exist'),
      ifMatch: header('if-match'),
    });
    if (reply.lost === true) return void request.socket.destroy();
    response.writeHead(reply.status, { 'content-type': 'application/fhir+json; charset=utf-8' });
    response.end(JSON.stringify(reply.body));
  }

  async function answer(target: URL, response: ServerResponse) {
    const path = target.pathname.slice(basePath.length + 1);
    const page = pageOf(target);
    if (!path.includes('/') && path !== 'metadata') setPage(target, page);
    const url = path + target.search;
    const result = await router.handleRequest(
      { method: 'GET', url, pathname: '', body: undefined, params: {}, query: {} },
      repository,
    );
    sendResult(response, withLinks(result, { target, page }));
  }
}

interface ReferralWrite {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly type: Parameters<ReferralTasks['search']>[0];
  readonly id: string | undefined;
}

interface Page {
  readonly offset: number;
  readonly count: number;
}

function targetOf(request: IncomingMessage, basePath: string): URL | null {
  const target = URL.parse(request.url ?? '', `http://${request.headers.host ?? '127.0.0.1'}`);
  return target?.pathname.startsWith(`${basePath}/`) ? target : null;
}

/** Everything but the register and the capability statement is asked of patients by `_revinclude`. */
function askedFor(target: URL): string {
  return target.searchParams.get('_revinclude')?.split(':')[0] ?? target.pathname.split('/').at(3) ?? '';
}

function pageOf({ searchParams }: URL): Page {
  const count = Number(searchParams.get('_count') ?? DEFAULT_PAGE);
  const offset = Number(searchParams.get('_offset') ?? 0);
  return {
    count: Number.isInteger(count) && count > 0 ? Math.min(count, LARGEST_PAGE) : DEFAULT_PAGE,
    offset: Number.isInteger(offset) && offset > 0 ? offset : 0,
  };
}

function setPage(target: URL, { offset, count }: Page): void {
  target.searchParams.set('_count', String(count));
  target.searchParams.set('_offset', String(offset));
}

function withLinks(result: FhirResponse, { target, page }: { target: URL; page: Page }): FhirResponse {
  const [outcome, resource] = result;
  if (resource?.resourceType !== 'Bundle' || resource.type !== 'searchset') return result;
  const after = new URL(target);
  setPage(after, { ...page, offset: page.offset + page.count });
  const more = page.offset + page.count < (resource.total ?? 0);
  const bundle: Bundle = {
    ...resource,
    meta: { lastUpdated: new Date().toISOString() },
    link: [{ relation: 'self', url: target.href }, ...(more ? [{ relation: 'next' as const, url: after.href }] : [])],
    entry: [...(resource.entry ?? []), ...absenteesOf(target, resource)],
  };
  return [outcome, bundle];
}

/** The department's server says which of the ids asked for it does not have, as an outcome among the entries. */
function absenteesOf(target: URL, bundle: Bundle): NonNullable<Bundle['entry']> {
  const asked = (target.searchParams.get('_id') ?? '').split(',').filter(Boolean);
  if (asked.length === 0 || asked.length === (bundle.total ?? 0)) return [];
  const details = { text: `${asked.length - (bundle.total ?? 0)} of the ids asked for are not known here` };
  const resource: OperationOutcome = {
    resourceType: 'OperationOutcome',
    issue: [{ severity: 'information', code: 'not-found', details }],
  };
  return [{ resource, search: { mode: 'outcome' } }];
}

function sendResult(response: ServerResponse, [outcome, resource]: FhirResponse): void {
  if (resource === undefined) sendOutcome(response, outcome);
  else send(response, 200, resource);
}

function sendOutcome(response: ServerResponse, outcome: OperationOutcome, status = getStatus(outcome)): void {
  send(response, status, outcome);
}

function send(response: ServerResponse, status: number, resource: Resource): void {
  response.writeHead(status, { 'content-type': 'application/fhir+json; charset=utf-8' }).end(JSON.stringify(resource));
}

function capabilities(): Resource {
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date: '2026-01-01',
    kind: 'instance',
    fhirVersion: '4.0.1',
    format: ['json'],
    rest: [{ mode: 'server' }],
  };
}
