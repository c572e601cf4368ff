/** The referral subgraph beside the person subgraph over one store in memory, a few parties, and a clock to turn. Test support. */
import { calendarOf2026 } from '../../adapters/calendar/calendar.fixture.ts';
import { spoolInMemory } from '../../adapters/audit/audit.fixture.ts';
import type { Clock, Store } from '../../adapters/store/port.ts';
import { testVault } from '../../adapters/vault/vault.fixture.ts';
import { fakeReceivers } from '../../adapters/webhooks/fake.ts';
import type { OrganisationKind } from '../directory/organisation-kinds.ts';
import { organisations } from '../directory/organisation.ts';
import { services, serviceFields } from '../directory/service.ts';
import type { SharedFacts } from '../person/access/shared-facts.ts';
import { consent, link, person } from '../person/person-fixtures.ts';
import { persons } from '../person/person.ts';
import { guardian, own, PEPPER, staff, trustHub } from '../person/trust.fixture.ts';
import type { HubRequest } from '../shared/hub-request.ts';
import { silentLog } from '../shared/log.ts';
import type { HubEvents } from '../person/hub-events.ts';
import { referralFacts } from './referral-facts.ts';
import { referralEvents } from './timeline-events.ts';
import { referralSubgraph } from './referral-subgraph.ts';

const DISTRICT = '990101';
const SCOPES = ['referral:read', 'referral:write', 'person:identity:read', 'emergency:access', 'emergency:review'];

/** Parties of the tests: id → kind, department. */
const PARTIES: Readonly<Record<string, readonly [OrganisationKind, string | null]>> = {
  'school-7': ['SCHOOL', 'EDUCATION'],
  'education-bureau': ['DEPARTMENT', 'EDUCATION'],
  clinic: ['HOSPITAL', 'HEALTH'],
  'health-commission': ['DEPARTMENT', 'HEALTH'],
  'second-clinic': ['HOSPITAL', 'HEALTH'],
  'union-service': ['SOCIAL_ORGANISATION', 'UNION'],
  station: ['REHABILITATION_STATION', 'CIVIL_AFFAIRS'],
  'civil-affairs-bureau': ['DEPARTMENT', 'CIVIL_AFFAIRS'],
  mediators: ['MEDIATION_COMMITTEE', 'JUSTICE'],
  police: ['POLICE', null],
  committee: ['VILLAGE_COMMITTEE', null],
  petitions: ['PETITION_RECEPTION', null],
  'governance-centre': ['GOVERNANCE_CENTRE', null],
  'disability-federation': ['DISABILITY_FEDERATION', null],
  'employment-service': ['EMPLOYMENT_SERVICE', null],
  'social-work-station': ['SOCIAL_WORK_STATION', null],
  'community-committee': ['COMMUNITY_COMMITTEE', null],
};
export type PartyId = keyof typeof PARTIES;

/** Somebody of this organisation. */
export function at(
  organisation: string,
  { purpose = 'REFERRAL', ...changes }: Partial<HubRequest['caller']> & { purpose?: HubRequest['purpose'] } = {},
): HubRequest {
  const department = PARTIES[organisation]?.[1] ?? null;
  const base = staff({}, purpose);
  const caller = {
    ...base.caller,
    subject: `worker-of-${organisation}`,
    client: 'hub-console',
    organisation,
    department,
    division: DISTRICT,
    scopes: [...base.caller.scopes, ...SCOPES],
    ...changes,
  };
  return { ...base, caller };
}

export const byThemselves = (personId: string): HubRequest => own(personId);

export type Hub = Awaited<ReturnType<typeof referralHub>>;

/**
 * `ward` is fifteen, known to the school and the clinic; `mother` and `father` are her guardians; her consent lets the
 * school refer her to health with assessment and enrolment, the way back included.
 */
export async function referralHub({
  store: wrapped,
  ...over
}: { store?: (store: Store) => Store; file?: string; storeClock?: Clock } = {}) {
  let facts: SharedFacts | null = null;
  let events: HubEvents | null = null;
  const trust = await trustHub({
    ...over,
    sharedFacts: { ofPersons: async (ids) => facts?.ofPersons(ids) ?? [] },
    hubEvents: async (...asked) => events?.(...asked) ?? [],
  });
  const store = wrapped?.(trust.store) ?? trust.store;
  facts = referralFacts(store, () => trust.clock.now);
  events = referralEvents(store, { now: () => trust.clock.now });
  const jobs: (() => unknown)[] = [];
  const receivers = fakeReceivers();
  if ((await store.load(organisations, 'clinic')) === null) await seed(store);
  /** Over the store, or over what a test puts before it. */
  const open = async (over: Store) =>
    referralSubgraph(
      { store: () => over, vault: () => testVault(store), spool: () => spoolInMemory(), log: silentLog },
      {
        calendar: calendarOf2026(),
        office: 'leading-group-office',
        sender: receivers,
        idNumbers: { pepper: PEPPER, perMinute: 5 },
        now: () => trust.clock.now,
        every: (_milliseconds, task) => {
          jobs.push(task);
          return () => {};
        },
      },
    );
  let subgraph = await open(store);
  let requests = 0;
  async function ask(query: string, variables: object, as: HubRequest) {
    const request = { ...as, requestId: `referral-request-${(requests += 1)}` };
    const { data, errors = [], extensions } = await subgraph.execute({ query, variables: { ...variables } }, request);
    return {
      data: JSON.parse(JSON.stringify(data ?? null)),
      codes: errors.map(({ extensions: more, message }) => more.code ?? message),
      decisions: (extensions?.decisions ?? []) as readonly { personId: string | null; by: string }[],
    };
  }

  /** Creates: what is not given is the ordinary referral of the school to the clinic. */
  async function create(changes: object = {}, as: HubRequest = at('school-7')) {
    const input = {
      idempotencyKey: `create-${(requests += 1)}`,
      kind: 'SERVICE',
      personId: 'ward',
      target: { organisation: 'clinic', serviceId: 'ward-a' },
      reasonCode: 'MOOD',
      reason: '近两周情绪低落，影响学习',
      categories: ['education:assessment'],
      ...changes,
    };
    const query = `mutation ($input: CreateReferralInput!) { createReferral(input: $input) { ${PAYLOAD} } }`;
    return payloadOf(await ask(query, { input }, as), 'createReferral');
  }

  /** A move by its field, e.g. `acceptReferral`, on the referral as it is now unless a version is given. */
  async function move(field: string, id: string, as: HubRequest, changes: object = {}) {
    const present = (await look(id, as))?.version ?? 1;
    const input = { referralId: id, expectedVersion: present, idempotencyKey: `move-${(requests += 1)}`, ...changes };
    const query = `mutation ($input: ${MOVE_INPUTS[field] ?? 'ReferralMoveInput'}!) { ${field}(input: $input) { ${PAYLOAD} } }`;
    return payloadOf(await ask(query, { input }, as), field);
  }

  async function look(id: string, as: HubRequest) {
    const { data } = await ask(`query ($id: ID!) { referral(id: $id) { ${REFERRAL} } }`, { id }, as);
    return data?.referral ?? null;
  }

  /** Which categories somebody may see of the ward now, by the person subgraph's own decision. */
  async function sees(as: HubRequest, id = 'ward'): Promise<readonly string[] | null> {
    const { data } = await trust.ask('query ($id: ID!) { person(id: $id) { access { category } } }', { id }, as);
    return data.person?.access.map(({ category }: { category: string }) => category).toSorted() ?? null;
  }
  const { clock } = trust;
  return {
    trust,
    receivers,
    store,
    clock,
    ask,
    create,
    move,
    look,
    sees,
    runJobs: async () => Promise.all(jobs.map(async (job) => job())),
    /** Another process takes over, as after a crash: what the first one held in memory is gone. */
    restart: async (over: Store = store) => {
      jobs.length = 0;
      subgraph = await open(over);
    },
    close: async () => {
      await subgraph.close();
      await trust.close();
    },
  };
}

const REFERRAL = `id version kind state priority reasonCode reason ageBand division categories basis basisStands
  requester { organisation { id } } target { organisation { id } } subject { id } acceptedAt endedAt loopClosedAt overdue advice endingReason outcome
  rejection { code reason nextServices { service { id } consentCovers } } clocks { step side dueAt stoppedAt escalated } messages { role kind text }
  followUps { id role dueOn text completedAt } appointment { start } dischargeAssessment { assessedOn summary } platformNumber
  basedOn { id } onward { id } history { move role state version } availableMoves { move available reason }`;
const PAYLOAD = `referral { ${REFERRAL} } userErrors { code path message }`;

const REASON = 'ReferralReasonInput';
const TEXT = 'ReferralTextInput';
export const MOVE_INPUTS: Readonly<Record<string, string>> = {
  rejectReferral: 'RejectReferralInput',
  requestReferralInformation: TEXT,
  provideReferralInformation: TEXT,
  addReferralMessage: TEXT,
  cancelReferral: REASON,
  holdReferral: REASON,
  failReferral: REASON,
  markReferralEnteredInError: REASON,
  declineReferral: REASON,
  completeReferral: 'CompleteReferralInput',
  nameReferralBasis: 'NameReferralBasisInput',
  scheduleReferralAppointment: 'ScheduleAppointmentInput',
  addReferralFollowUp: 'AddFollowUpInput',
  completeReferralFollowUp: 'CompleteFollowUpInput',
  joinCareTeam: 'JoinCareTeamInput',
  leaveCareTeam: 'LeaveCareTeamInput',
};

// Each test names the shape that it expects.
// oxlint-disable-next-line typescript/no-explicit-any
function payloadOf({ data, codes }: { data: any; codes: readonly unknown[] }, field: string) {
  if (data?.[field] == null) throw new Error(`${field}: ${codes.join(', ')}`);
  const { referral, userErrors } = data[field];
  return { referral, codes: userErrors.map(({ code }: { code: string }) => code), userErrors };
}

/** Parties, two services and the ward, in a store that has none of them yet. */
async function seed(store: Store): Promise<void> {
  for (const [id, [kind, department]] of Object.entries(PARTIES))
    await saveOrganisation(store, { id, kind, department });
  await saveService(store, { id: 'ward-a', organisation: 'clinic' });
  await saveService(store, { id: 'ward-b', organisation: 'health-commission' });
  const ward = await store.load(persons, 'ward');
  await store.save(persons, {
    id: 'ward',
    expectedVersion: ward?.version ?? 0,
    data: person({
      links: [link(), link({ department: 'EDUCATION', localId: 'E-1' })],
      guardianships: [guardian('mother'), guardian('father')],
      consents: [
        consent({
          id: 'to-health',
          recipients: [{ department: 'HEALTH', organisation: null, team: null, division: DISTRICT }],
          categories: ['education:assessment', 'education:enrolment', 'health:follow-up'],
          purposes: ['REFERRAL'],
          coversWayBack: true,
        }),
      ],
    }),
  });
}

async function saveOrganisation(
  store: Store,
  { id, kind, department }: { id: string; kind: OrganisationKind; department: string | null },
): Promise<void> {
  const supervisors: Readonly<Record<string, string>> = { clinic: 'health-commission', 'school-7': 'education-bureau' };
  await store.save(organisations, {
    id,
    expectedVersion: 0,
    data: organisations.schema.parse({
      name: id,
      kind,
      department,
      division: DISTRICT,
      supervisor: supervisors[id] ?? null,
      alternateName: null,
      creditCode: null,
      email: null,
      website: null,
      retiredAt: null,
      updatedAt: '2026-01-01T00:00:00.000Z',
      writes: [],
    }),
  });
}

async function saveService(store: Store, { id, organisation }: { id: string; organisation: string }): Promise<void> {
  const fields = serviceFields.parse({
    organisation,
    name: id,
    kind: 'CLINIC',
    needs: ['PSYCHIATRIC_CARE', 'COUNSELLING'],
    areas: [DISTRICT],
    alternateName: null,
    assuredDate: null,
  });
  await store.save(services, {
    id,
    expectedVersion: 0,
    data: { ...fields, retiredAt: null, updatedAt: '2026-01-01T00:00:00.000Z', writes: [] },
  });
}

/** The ward's document anew, with these consents and what else. */
export async function wardWith(hub: Pick<Hub, 'store'>, changes: Parameters<typeof person>[0]) {
  const stored = await hub.store.load(persons, 'ward');
  const data = { ...(stored?.data ?? person()), ...changes };
  await hub.store.save(persons, { id: 'ward', data, expectedVersion: stored?.version ?? 0 });
}
