import { setTimeout as pause } from 'node:timers/promises';
import { storyOf } from '../../harness/care-seed.ts';
import { askHub, type HubAnswer } from '../../harness/hub-client.ts';
import { CREATE_REFERRAL, REFERRAL_MOVES } from '../../harness/referral-operations.ts';
import { traceId, traceparent } from '../../harness/trace-id.ts';
import type { Topology } from '../start-topology.ts';
import { CLINIC } from './referred-people.ts';
import { judged } from './same-answer.ts';

/** A record of each department; nothing in it changes while the faults come and go. */
const RECORDS = `query Records($id: ID!) { person(id: $id) { id maskedName
  education { enrolment { school } } health { visits { date } } civilAffairs { assistance { kind } }
  justice { mediation { stage } } womensFederation { familySupport { kind } } union { hardshipAid { kind } } } }`;
/** A name is told only while the sign-in server says that the token still holds (docs/decisions/revoked-tokens.md). */
const CONFIRMED = `query Confirmed($id: ID!) { person(id: $id) { id name } }`;
/** Who saw what: asked of the subgraph of the audit log. */
const AUDITED = `query Audited($trace: String!) { auditRecords(filter: { trace: $trace }) {
  edges { node { at kind client purpose outcome persons { personId categories { category basis } } } } } }`;
/** Nothing may be refused for longer than this once a fault is over. */
const GIVE_UP_AFTER_MS = 120_000;
const BETWEEN_MS = 200;
const CHANGES = 'changes';

/** What became of everything that was asked. */
export interface Counts {
  sent: number;
  /** As when all is well. */
  whole: number;
  /** Without what an error names. */
  part: number;
  /** Nothing but an error with its code. */
  refused: number;
  /** The connection broke. */
  broken: number;
}

export interface Load {
  readonly counts: Readonly<Counts>;
  /** Codes of the errors → how often. */
  readonly codes: ReadonlyMap<string, number>;
  /** What no answer may be. */
  readonly wrong: readonly string[];
  /** Of each answer that shows or changes something. */
  readonly traces: readonly string[];
  /** Changes that were acknowledged: `id version`. */
  readonly changes: readonly string[];
  /** When of each kind of work one was done whole after this instant; `null` = not yet. */
  allWhole(after: number): number | null;
  /** No new work; what has begun is asked until it is acknowledged. */
  end(): Promise<void>;
}

interface Callers {
  readonly reader: string;
  readonly auditor: string;
  readonly requester: string;
  readonly target: string;
}

/** Who asks; signed in while Keycloak is there. */
export async function signedIn({ signIn }: Topology): Promise<Callers> {
  const scope = 'referral:read referral:write consent:write';
  return {
    reader: await signIn.signIn('health-worker'),
    auditor: await signIn.signIn('auditor'),
    requester: await signIn.signIn('school-counsellor', { scope }),
    target: await signIn.signIn('clinic-worker', { scope }),
  };
}

/** What is read again and again, and what is answered while all is well. */
export interface Reading {
  readonly asked: Asked;
  readonly good: unknown;
}

type Asked = Pick<Parameters<typeof askHub>[1], 'token' | 'query' | 'variables' | 'purpose'>;

/** Reads once, to compare all later answers with. Throws where one is not whole. */
export async function goodReadings(
  { gateway, world }: Topology,
  { reader, auditor }: Callers,
): Promise<readonly Reading[]> {
  const read = async (asked: Asked, trace: string): Promise<Reading> => {
    const { data, errors } = await askHub(gateway, { ...asked, headers: { traceparent: traceparent(trace) } });
    const { person, auditRecords } = data ?? {};
    const parts = person ? Object.values(person) : (auditRecords?.edges ?? []);
    if (errors.length > 0 || parts.length === 0 || parts.includes(null))
      throw new Error(`the stack does not answer whole before the faults: ${JSON.stringify(errors)}`);
    return { asked, good: data };
  };
  const variables = { id: storyOf(world, 'pupil-in-crisis').id };
  const trace = traceId();
  const persons = [RECORDS, CONFIRMED].map(async (query) => read({ token: reader, query, variables }, trace));
  // Of these two there is a record each when they are answered, and there will be no more of this trace.
  const seen = await Promise.all(persons);
  const audited = { token: auditor, query: AUDITED, variables: { trace }, purpose: 'AUDIT' };
  return [...seen, await read(audited, traceId())];
}

interface LoadOptions {
  readonly callers: Callers;
  readonly readings: readonly Reading[];
  readonly label: string;
  readonly clients: number;
  readonly restMs: number;
  /** Hub ids of those who are referred, in turn: a decision about somebody looks at all that person's open referrals. */
  readonly referred: readonly string[];
}

/**
 * `clients` ask for records of a person again and again, one for a name, one for who saw what, and as many as the first make
 * referrals of others and accept them.
 */
export function startLoad(
  { gateway }: Topology,
  { callers, readings, label, clients, restMs, referred }: LoadOptions,
): Load {
  const counts: Counts = { sent: 0, whole: 0, part: 0, refused: 0, broken: 0 };
  const codes = new Map<string, number>();
  const wrong: string[] = [];
  const traces: string[] = [];
  const changes: string[] = [];
  /** By kind of work. */
  const kinds = [...readings.map(({ asked }) => asked.query), CHANGES];
  const wholeAt = new Map<string, number[]>(kinds.map((kind) => [kind, []]));
  const over = new AbortController();
  let turn = 0;

  /** `null` = no answer about it. */
  async function ask(options: Omit<Parameters<typeof askHub>[1], 'headers'>): Promise<HubAnswer | null> {
    const trace = traceId();
    counts.sent += 1;
    let answer: HubAnswer;
    try {
      answer = await askHub(gateway, { ...options, headers: { traceparent: traceparent(trace) } });
    } catch (error) {
      // A connection may break; an answer that is no JSON with codes may not be. Jest's `TypeError` is not that of `fetch`.
      if (String(error).startsWith('TypeError: ')) counts.broken += 1;
      else wrong.push(`no answer of the hub: ${String(error)}`);
      return null;
    }
    for (const { extensions } of answer.errors) codes.set(extensions.code, (codes.get(extensions.code) ?? 0) + 1);
    if (answer.data === null) {
      if (answer.errors.length === 0) wrong.push('neither an answer nor an error');
      counts.refused += 1;
      return null;
    }
    traces.push(trace);
    return answer;
  }

  async function read({ asked, good }: Reading): Promise<void> {
    const answer = await ask(asked);
    if (answer === null) {
      await pause(BETWEEN_MS);
      return;
    }
    const judgement = judged(answer, good);
    if (judgement === 'wrong') wrong.push(JSON.stringify(answer).slice(0, 2_000));
    else counts[judgement] += 1;
    if (judgement === 'whole') wholeAt.get(asked.query)?.push(Date.now());
  }

  /** Asks until it is acknowledged, with the same key each time. */
  async function change(
    field: 'createReferral' | 'acceptReferral',
    { token, input }: { token: string; input: object },
  ): Promise<{ readonly id: string; readonly version: number } | null> {
    const query = field === 'createReferral' ? CREATE_REFERRAL : REFERRAL_MOVES[field];
    for (const end = Date.now() + GIVE_UP_AFTER_MS; Date.now() < end; await pause(BETWEEN_MS)) {
      const answer = await ask({ token, query, variables: { input }, purpose: 'REFERRAL' });
      const { referral, userErrors } = answer?.data?.[field] ?? {};
      if (userErrors?.length > 0) {
        wrong.push(`${field}: ${JSON.stringify(userErrors)}`);
        return null;
      }
      if (referral) {
        counts[answer?.errors.length === 0 ? 'whole' : 'part'] += 1;
        changes.push(`${referral.id} ${referral.version}`);
        wholeAt.get(CHANGES)?.push(Date.now());
        return referral;
      }
      if (answer === null) continue;
      // Nothing but an error, in place of the one thing that was asked for.
      counts.refused += 1;
      if (answer.errors.length === 0) wrong.push(`${field}: neither a referral nor an error`);
    }
    wrong.push(`${field} was not acknowledged for ${GIVE_UP_AFTER_MS / 1_000} s`);
    return null;
  }

  const write = async (key: string) => {
    const made = await change('createReferral', {
      token: callers.requester,
      input: {
        idempotencyKey: `${key}-create`,
        kind: 'SERVICE',
        personId: referred[turn++ % referred.length],
        target: { organisation: CLINIC, serviceId: 'district-child-psychiatry' },
        reasonCode: 'MOOD',
        categories: ['education:assessment'],
      },
    });
    if (made === null) return;
    const { id: referralId, version: expectedVersion } = made;
    const input = { referralId, expectedVersion, idempotencyKey: `${key}-accept` };
    await change('acceptReferral', { token: callers.target, input });
  };

  const working = [
    ...readings.flatMap((reading) => {
      // A confirmed token is asked about every few seconds at most, and of the log one client is enough to see it.
      const [many, rest] = reading.asked.query === RECORDS ? [clients, restMs] : [1, Math.max(restMs, BETWEEN_MS)];
      return Array.from({ length: many }, async () => {
        for (; !over.signal.aborted; await pause(rest)) await read(reading);
      });
    }),
    ...Array.from({ length: clients }, async (_, writer) => {
      for (let n = 0; !over.signal.aborted; n += 1) {
        await write(`${label}-${writer}-${n}`);
        await pause(restMs);
      }
    }),
  ];
  return {
    counts,
    codes,
    wrong,
    traces,
    changes,
    allWhole: (after) => {
      const first = [...wholeAt.values()].map((times) => times.find((at) => at > after));
      return first.every((at) => at !== undefined) ? Math.max(...first) : null;
    },
    end: async () => {
      over.abort();
      await Promise.all(working);
    },
  };
}
