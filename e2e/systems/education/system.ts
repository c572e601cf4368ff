/** The education department's system: REST/JSON behind OAuth 2 client credentials, on a made-up district. */
import { callCounter } from '../shared/call-counter.ts';
import type { DepartmentSystem, StartOptions } from '../shared/department-system.ts';
import { createFaultSwitch } from '../shared/fault-switch.ts';
import { startLoopbackServer } from '../shared/loopback-server.ts';
import type { World } from '../world/model.ts';
import type { ReferralClerks } from '../shared/referral-cases.ts';
import { educationRecords } from './records.ts';
import { referralEntries } from './referral-entries.ts';
import { restHandler } from './rest-handler.ts';
import { tokenOffice } from './token-office.ts';

const BASE_PATH = '/api/v2';
/** Fixed, so that the sample system can be tried with `curl`; it guards made-up people only. */
const CLIENT = { id: 'hub-care', secret: 'made-up-education-secret' };
const TOKEN_SECONDS = 300;

export interface EducationSystem extends DepartmentSystem {
  /** Ends every access token before its time. */
  expireTokens(): void;
  readonly clerks: ReferralClerks;
}

interface EducationOptions extends StartOptions {
  readonly world: World;
  readonly tokenSeconds?: number;
  /** Milliseconds, for the life of tokens. */
  readonly now?: () => number;
}

export async function startEducationSystem({
  world,
  port = 0,
  host,
  tokenSeconds = TOKEN_SECONDS,
  now = () => performance.now(),
}: EducationOptions): Promise<EducationSystem> {
  const faults = createFaultSwitch();
  const counter = callCounter();
  const office = tokenOffice({ lifetimeSeconds: tokenSeconds, now });
  const referrals = referralEntries();
  const handler = restHandler({
    referrals,
    records: educationRecords(world),
    basePath: BASE_PATH,
    client: CLIENT,
    office,
    onCall: counter.count,
  });
  const server = await startLoopbackServer({
    port,
    ...(host !== undefined && { host }),
    faults,
    handler,
    bodyStart: '{"items":[{"studentNo":"X20',
  });
  return {
    slug: 'education',
    settings: {
      EDUCATION_URL: `${server.url}${BASE_PATH}`,
      EDUCATION_CLIENT_ID: CLIENT.id,
      EDUCATION_CLIENT_SECRET: CLIENT.secret,
    },
    break: async (fault) => faults.set(fault),
    calls: counter.calls,
    resetCalls: counter.reset,
    expireTokens: office.expireAll,
    clerks: referrals.cases,
    close: server.close,
  };
}
