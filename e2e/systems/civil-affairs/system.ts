/** The bureau's care service: a SOAP 1.1 server by its WSDL, on a made-up district. */
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import iconv from 'iconv-lite';
import { createServerless } from 'soap';
import { callCounter } from '../shared/call-counter.ts';
import type { DepartmentSystem, Fault, StartOptions } from '../shared/department-system.ts';
import { createFaultSwitch } from '../shared/fault-switch.ts';
import { startLoopbackServer } from '../shared/loopback-server.ts';
import type { World } from '../world/model.ts';
import { authenticator } from './authenticator.ts';
import type { ReferralClerks } from '../shared/referral-cases.ts';
import { careOperations } from './operations.ts';
import type { Watch } from './operations.ts';
import { careReferrals } from './referral-entries.ts';

const PATH = '/ws/care';
const ACCOUNT = { user: 'hub-care', password: 'made-up-care-password' };
const MAX_REQUEST_BYTES = 200_000;
/** Faults that this service answers as SOAP faults, in its own way. */
const AS_SOAP_FAULT: Partial<Record<Fault, string>> = { 'error-500': 'SYSTEM_BUSY', maintenance: 'MAINTENANCE' };

export interface CivilAffairsSystem extends DepartmentSystem {
  readonly clerks: ReferralClerks;
}

export async function startCivilAffairsSystem({
  world,
  port = 0,
  host,
}: StartOptions & { world: World }): Promise<CivilAffairsSystem> {
  const faults = createFaultSwitch();
  const counter = callCounter();
  let soapFault: string | null = null;
  const referrals = careReferrals();
  const service = await careService(world, { count: counter.count, failing: () => soapFault, referrals });
  const server = await startLoopbackServer({
    port,
    ...(host !== undefined && { host }),
    faults,
    contentType: 'text/xml; charset=utf-8',
    bodyStart:
      '<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><GetAss',
    // A caller who goes away in the middle of a request must not end the process.
    handler: (request, response) => void service(request, response).catch(() => response.destroy()),
  });
  return {
    slug: 'civil-affairs',
    settings: {
      CIVIL_AFFAIRS_URL: server.url + PATH,
      CIVIL_AFFAIRS_USER: ACCOUNT.user,
      CIVIL_AFFAIRS_PASSWORD: ACCOUNT.password,
    },
    break: async (fault) => {
      soapFault = (fault && AS_SOAP_FAULT[fault]) ?? null;
      faults.set(soapFault === null ? fault : null);
    },
    calls: counter.calls,
    resetCalls: counter.reset,
    clerks: referrals.cases,
    close: server.close,
  };
}

async function careService(world: World, watch: Watch) {
  const wsdl = readFileSync(new URL('civil-affairs.wsdl', import.meta.url), 'utf8');
  const operations = careOperations(world, watch);
  const soap = await createServerless({
    path: PATH,
    xml: wsdl,
    suppressStack: true,
    services: { CareService: { CarePort: operations } },
  });
  soap.authenticate = authenticator(ACCOUNT);

  return async (request: IncomingMessage, response: ServerResponse) => {
    if (new URL(request.url ?? '/', 'http://localhost').pathname.replace(/\/$/, '') !== PATH)
      return void response.writeHead(404).end();
    if (request.method === 'GET') return void response.writeHead(200, { 'content-type': 'text/xml' }).end(wsdl);
    if (Number(request.headers['content-length'] ?? 0) > MAX_REQUEST_BYTES) return void response.writeHead(413).end();
    const envelope = await text(request);
    const answer = await soap.processRequest(envelope, { url: PATH, method: 'POST', headers: { ...request.headers } });
    if (envelope.includes('<SubmitReferral ') && watch.referrals.cases.loses()) return void request.socket.destroy();
    send(response, answer);
  };
}

/** The register runs on the bureau's older machine, which answers in GBK. */
function send(response: ServerResponse, { statusCode, body }: { statusCode: number; body: string }) {
  const old = body.includes('ListRegisterResponse');
  const bytes = old ? iconv.encode(body.replace('encoding="utf-8"', 'encoding="GBK"'), 'gbk') : Buffer.from(body);
  response.writeHead(statusCode, {
    'content-type': old ? 'text/xml' : 'text/xml; charset=utf-8',
    'content-length': bytes.length,
  });
  response.end(bytes);
}
