/** The trade union's system: REST/JSON whose requests are signed and whose numbered pages shift. */
import { callCounter } from '../shared/call-counter.ts';
import type { DepartmentSystem, Fault, StartOptions } from '../shared/department-system.ts';
import { createFaultSwitch } from '../shared/fault-switch.ts';
import { startLoopbackServer } from '../shared/loopback-server.ts';
import type { World } from '../world/model.ts';
import { pagedLists } from './paged-lists.ts';
import { BASE_PATH, type Failure, unionService } from './service.ts';
import { signatureCheck } from './signature-check.ts';

/** Fixed, so that the sample system can be tried by hand; it guards made-up people only. */
const APP = { appKey: 'hub-care', appSecret: 'sample-union-secret' };

interface UnionSystemOptions extends StartOptions {
  readonly world: World;
  /** How many rows arrive in each list, one after every page that is not its last. */
  readonly arrivals?: number;
  /** Milliseconds since 1970, for the age of signatures. */
  readonly now?: () => number;
}

/** Faults that this service tells in its own way: HTTP 200 and a code. */
const AS_CODE: Partial<Record<Fault, Failure>> = {
  maintenance: { code: 50300, message: '系统升级维护中' },
};

export async function startUnionSystem({
  world,
  port = 0,
  host,
  arrivals = 1,
  now = Date.now,
}: UnionSystemOptions): Promise<DepartmentSystem> {
  const faults = createFaultSwitch();
  const counter = callCounter();
  let failure: Failure | null = null;
  const server = await startLoopbackServer({
    port,
    ...(host !== undefined && { host }),
    faults,
    bodyStart: '{"code":0,"message":"success","data":{"total":3,"page":1,"list":[{"memberNo":"GH-',
    handler: unionService({
      lists: pagedLists(world, arrivals),
      check: signatureCheck({ ...APP, now }),
      count: counter.count,
      failing: () => failure,
      dataTime: `${world.today}T06:00:00+08:00`,
    }),
  });
  return {
    slug: 'union',
    settings: { UNION_URL: server.url + BASE_PATH, UNION_APP_KEY: APP.appKey, UNION_APP_SECRET: APP.appSecret },
    break: async (fault) => {
      failure = (fault && AS_CODE[fault]) ?? null;
      faults.set(failure === null ? fault : null);
    },
    calls: counter.calls,
    resetCalls: counter.reset,
    close: server.close,
  };
}
