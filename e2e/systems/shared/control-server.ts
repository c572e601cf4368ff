import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { z } from 'zod';
import { FAULTS, type DepartmentSystem, type Fault } from './department-system.ts';
import { clerkAnswer } from './referral-cases.ts';

export interface ControlServer {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  close(): Promise<void>;
}
interface Reply {
  readonly status: number;
  readonly body?: unknown;
}

const faultChange = z.object({ fault: z.enum(FAULTS).nullable() });
const answered = z.object({ referralId: z.string(), answer: clerkAnswer });

/**
 * How tests and demos reach systems that run in another process: `GET /systems`, `GET /calls`, `DELETE /calls`,
 * `PUT /systems/<slug>/fault` with `{ "fault": "slow" }` or `{ "fault": null }`, `GET /systems/<slug>/referrals`, `POST
 * /systems/<slug>/answers` with `{ "referralId": "…", "answer": { "state": "ACCEPTED" } }`, `GET /memory`. Loopback only.
 */
export async function startControlServer(systems: readonly DepartmentSystem[], port = 0): Promise<ControlServer> {
  const faults = new Map<string, Fault | null>();
  const server = createServer((request, response) => {
    void replyTo(request, { systems, faults })
      .catch((error: unknown) => ({ status: 500, body: { error: String(error) } }))
      .then(({ status, body }) => {
        response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
        response.end(body === undefined ? undefined : JSON.stringify(body));
      });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

interface Controlled {
  readonly systems: readonly DepartmentSystem[];
  readonly faults: Map<string, Fault | null>;
}

async function replyTo(request: IncomingMessage, { systems, faults }: Controlled): Promise<Reply> {
  const bySlug = (of: (system: DepartmentSystem) => unknown) =>
    Object.fromEntries(systems.map((system) => [system.slug, of(system)]));
  const [, slug, what] = /^\/systems\/([a-z-]+)\/(fault|referrals|answers)$/.exec(request.url ?? '') ?? [];
  const asked = `${request.method} ${slug === undefined ? request.url : `/systems/:slug/${what}`}`;
  const named = systems.find((system) => system.slug === slug);
  switch (asked) {
    case 'GET /systems':
      return {
        status: 200,
        body: bySlug(({ slug: name, settings }) => ({ settings, fault: faults.get(name) ?? null })),
      };
    case 'GET /calls':
      return { status: 200, body: bySlug((system) => system.calls()) };
    case 'DELETE /calls':
      for (const system of systems) system.resetCalls();
      return { status: 204 };
    case 'GET /memory':
      return { status: 200, body: { rssBytes: process.memoryUsage.rss() } };
    case 'PUT /systems/:slug/fault':
      return changeFault(request, { system: named, faults });
    case 'GET /systems/:slug/referrals':
      return named?.clerks === undefined ? NO_DESK : { status: 200, body: named.clerks.held() };
    case 'POST /systems/:slug/answers':
      return answerReferral(request, named);
    default:
      return { status: 404, body: { error: 'no such place' } };
  }
}

const NO_DESK: Reply = { status: 404, body: { error: 'no such system takes referrals here' } };

async function answerReferral(request: IncomingMessage, system: DepartmentSystem | undefined): Promise<Reply> {
  if (system?.clerks === undefined) return NO_DESK;
  const given = answered.safeParse(await json(request).catch(() => null));
  if (!given.success) return { status: 400, body: { error: 'the body must be {"referralId", "answer": {"state"}}' } };
  await system.clerks.answer(given.data.referralId, given.data.answer);
  return { status: 204 };
}

async function changeFault(
  request: IncomingMessage,
  { system, faults }: { system: DepartmentSystem | undefined; faults: Controlled['faults'] },
): Promise<Reply> {
  if (system === undefined) return { status: 404, body: { error: 'no such system runs here' } };
  const change = faultChange.safeParse(await json(request).catch(() => null));
  if (!change.success) {
    return { status: 400, body: { error: `the body must be {"fault": one of ${FAULTS.join(', ')} or null}` } };
  }
  await system.break(change.data.fault);
  faults.set(system.slug, change.data.fault);
  return { status: 204 };
}
