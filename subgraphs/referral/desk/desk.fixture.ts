/** A desk of the health department in memory before the hub of `referral.fixture.ts`, through the hub's API as far as it goes. Test support. */
import { fakeReferralDesk } from '../../../adapters/shared/referral-desk.fixture.ts';
import type { PurposeOfUse } from '../../shared/caller.ts';
import type { Log } from '../../shared/log.ts';
import { at, referralHub } from '../referral.fixture.ts';
import type { DeskServices } from './bring-over.ts';
import { deskRound } from './desk-round.ts';
import type { DeskState } from './desk-state.ts';
import { hubReferrals } from './hub-referrals.ts';

const SETTINGS = {
  HUB_URL: 'http://hub.test/graphql',
  HUB_TOKEN_URL: 'http://hub.test/token',
  HUB_CLIENT_ID: 'health-system',
  HUB_CLIENT_SECRET: 'secret',
  HUB_TIMEOUT_MS: 5_000,
  DESK_STATE: 'unused',
};
export const LOCAL_ID = 'H-0042';

interface Operation {
  readonly query: string;
  readonly variables: object;
}

/** How the department's client asks: a system of the commission, which serves every institution of health. */
export const asSystem = (purpose: PurposeOfUse = 'REFERRAL', organisation = 'health-commission') =>
  at(organisation, { purpose, roles: ['department-system'], client: 'health-system', subject: 'health-system' });

export type DeskHub = Awaited<ReturnType<typeof deskHub>>;

export async function deskHub({ organisation = 'health-commission', department = 'HEALTH' } = {}) {
  const hub = await referralHub();
  const desk = fakeReferralDesk();
  const told: { readonly level: string; readonly entry: object; readonly message: string | undefined }[] = [];
  const say = (level: string) => (entry: object, message?: string) => void told.push({ level, entry, message });
  const log: Log = { error: say('error'), warn: say('warn'), info: say('info') };
  /** Operations that reached the hub. */
  const asked: string[] = [];
  let before: { readonly name: string; readonly task: () => Promise<unknown> } | null = null;
  let state: DeskState = { department, changes: null, answers: null };

  const fetch = async (input: URL | Request | string, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    if (request.url.endsWith('/token'))
      return Response.json({ access_token: 'token', token_type: 'Bearer', expires_in: 300 });
    const operation = (await request.json()) as Operation;
    const name = /\b(Desk\w+)/.exec(operation.query)?.[1] ?? '';
    asked.push(name);
    if (before?.name === name) {
      const { task } = before;
      before = null;
      await task();
    }
    const purpose = request.headers.get('x-purpose-of-use') as PurposeOfUse;
    // The person's part of the API is another subgraph's: as the gateway would put it in.
    if (name === 'DeskPerson')
      return Response.json({
        data: { referral: { subject: { localIds: [{ department, localId: LOCAL_ID }] } } },
      });
    await hub.runJobs();
    const { data, codes } = await hub.ask(operation.query, operation.variables, asSystem(purpose, organisation));
    return Response.json({ data, errors: codes.map((code) => ({ extensions: { code } })) });
  };
  const services: DeskServices = { hub: hubReferrals(SETTINGS, { fetch }), desk, department, log };

  return {
    hub,
    desk,
    clerks: desk.clerks,
    services,
    told,
    asked,
    /** Something that happens just before the desk's next operation of this name reaches the hub. */
    meanwhile: (name: string, task: () => Promise<unknown>) => {
      before = { name, task };
    },
    round: async () => {
      const done = await deskRound(services, { state, keep: (next) => void (state = next) });
      ({ state } = done);
      return done;
    },
    /** As after the loss of the state file. */
    forget: () => {
      state = { department, changes: null, answers: null };
    },
    state: () => state,
    close: () => hub.close(),
  };
}
