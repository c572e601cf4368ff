import type { z } from 'zod';
import { chunk } from '../shared/chunk.ts';
import { deadline } from '../shared/deadline.ts';
import { type HeldEntry, heldInOrder } from '../shared/held-in-order.ts';
import { httpDoor } from '../shared/http-door.ts';
import { type Delivery, type DeskReferral, isOver, type ReferralDesk } from '../shared/referral-desk.ts';
import { invalidAnswer } from '../shared/source-error.ts';
import type { SourceLog } from '../shared/source-log.ts';
import { usableRows } from '../shared/usable-rows.ts';
import type { FhirResource } from './fhir-bundle.ts';
import { fhirSearch, type SearchPage } from './fhir-search.ts';
import { REFERRAL_SYSTEM, serviceRequestOf, taskOf } from './referral-resources.ts';
import type { HealthSettings } from './settings.ts';
import { type RequestRow, requestRow, type TaskRow, taskRow } from './task-row.ts';

const SOURCE = 'health';
/** Ids of 46 characters with their system: 40 stay below the 8 kB that servers allow an address. */
const LARGEST_BATCH = 40;
const PAGE_SIZE = 100;
/** So often somebody may be faster with one resource before the delivery fails. */
const MOST_LOOKS = 4;
/** More pages of one instant than any hospital writes. */
const MAX_PAGES = 50;
const BEGINNING = '1970-01-01T00:00:00.000Z';
const PRECONDITION_FAILED = 412;
const UNPROCESSABLE = 422;

interface FhirDeskDeps {
  readonly fetch?: typeof globalThis.fetch;
  readonly log?: SourceLog;
}

/**
 * The health department's desk over FHIR R4 REST: a `ServiceRequest` that the hub keeps up to date under its version
 * (`If-None-Exist`, `If-Match`), and a `Task` that the hub makes and the hospital moves.
 */
export function fhirReferralDesk(settings: HealthSettings, { log, ...deps }: FhirDeskDeps = {}): ReferralDesk {
  const timeoutMs = settings.HEALTH_TIMEOUT_MS;
  const headers = { authorization: `Bearer ${settings.HEALTH_TOKEN}` };
  const door = httpDoor({ source: SOURCE, baseUrl: settings.HEALTH_URL, timeoutMs, headers, ...deps });
  const search = fhirSearch(door);

  async function find<Row>(
    { type, schema }: { type: string; schema: z.ZodType<Row> },
    ids: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly Row[]> {
    const identifier = ids.map((id) => `${REFERRAL_SYSTEM}|${id}`).join(',');
    const { resources } = await search.all(type, { identifier, _count: PAGE_SIZE }, { source: SOURCE, signal });
    return rowsOf(resources, type, schema);
  }

  function rowsOf<Row>(resources: readonly FhirResource[], type: string, schema: z.ZodType<Row>): readonly Row[] {
    const own = resources.filter(({ resourceType }) => resourceType === type);
    return usableRows(schema, own, { source: SOURCE, list: type, log, mayAllBeBad: true });
  }

  const requestsOf = (ids: readonly string[], signal: AbortSignal) =>
    find<RequestRow>({ type: 'ServiceRequest', schema: requestRow }, ids, signal);
  const tasksOf = (ids: readonly string[], signal: AbortSignal) =>
    find<TaskRow>({ type: 'Task', schema: taskRow }, ids, signal);

  /** Writes under a condition, so that a second try has no second effect; answers the status. */
  async function write(
    path: readonly string[],
    { body, condition, signal }: { body: object; condition: Readonly<Record<string, string>>; signal: AbortSignal },
  ): Promise<number> {
    const { status } = await door.send(path.length === 1 ? 'POST' : 'PUT', path, {
      signal,
      read: true,
      accept: 'application/fhir+json',
      headers: { 'content-type': 'application/fhir+json; charset=utf-8', prefer: 'return=minimal', ...condition },
      body: JSON.stringify(body),
      pass: (given) => given.status === PRECONDITION_FAILED || given.status === UNPROCESSABLE,
    });
    return status;
  }

  const unlessThere = ({ id }: DeskReferral) => ({ 'if-none-exist': `identifier=${REFERRAL_SYSTEM}|${id}` });
  const ifStill = ({ versionId }: { versionId: string }) => ({ 'if-match': `W/"${versionId}"` });

  /** The request as it is there, brought to this version; or why it is not. */
  async function requestFor(
    referral: DeskReferral,
    signal: AbortSignal,
  ): Promise<RequestRow | 'NEWER_THERE' | 'REFUSED'> {
    const body = serviceRequestOf(referral);
    for (let looks = 0; looks < MOST_LOOKS; looks += 1) {
      const [present] = (await requestsOf([referral.id], signal)).toSorted(
        (a, b) => (b.version ?? 0) - (a.version ?? 0),
      );
      if (present?.version === referral.version) return present;
      if (present !== undefined && (present.version ?? 0) > referral.version) return 'NEWER_THERE';
      const written =
        present === undefined
          ? await write(['ServiceRequest'], { body, condition: unlessThere(referral), signal })
          : await write(['ServiceRequest', present.id], {
              body: { ...body, id: present.id },
              condition: ifStill(present),
              signal,
            });
      if (written === UNPROCESSABLE) return 'REFUSED';
      // Whatever else it says, what stands there now decides.
    }
    throw invalidAnswer(SOURCE, 'what was written does not stand there');
  }

  async function deliverOne(referral: DeskReferral, signal: AbortSignal): Promise<Delivery> {
    const request = await requestFor(referral, signal);
    if (typeof request === 'string') return request;
    const tasks = await tasksOf([referral.id], signal);
    if (tasks.length === 0) {
      const body = taskOf(referral, request.id);
      const status = await write(['Task'], { body, condition: unlessThere(referral), signal });
      if (status === UNPROCESSABLE) return 'REFUSED';
    }
    if (isOver(referral.state)) await cancel(tasks, signal);
    return 'TAKEN';
  }

  /** What the hospital has ended stays so; who moves a Task at the same time is heard by the answers. */
  async function cancel(tasks: readonly TaskRow[], signal: AbortSignal): Promise<void> {
    for (const task of tasks.filter(({ ended }) => !ended)) {
      const body = { ...task.resource, status: 'cancelled' };
      await write(['Task', task.id], { body, condition: ifStill(task), signal });
    }
  }

  /** All that was changed at the last instant of what is read: the next time begins there. */
  async function tasksSince(since: string, signal: AbortSignal) {
    const query = {
      identifier: `${REFERRAL_SYSTEM}|`,
      _lastUpdated: `ge${since}`,
      _sort: '_lastUpdated',
      _count: PAGE_SIZE,
    };
    const tasks: TaskRow[] = [];
    let last = since;
    let page: SearchPage = await search.first('Task', query, { source: SOURCE, signal });
    for (let pages = 1; ; pages += 1) {
      const rows = rowsOf(page.resources, 'Task', taskRow);
      tasks.push(...rows);
      last = rows.reduce((latest, { lastUpdated }) => later(latest, lastUpdated), last);
      // By its own links a list that is sorted by change loses what changes meanwhile: it is asked anew from the last instant.
      if (page.next === null || Date.parse(last) > Date.parse(since)) return { tasks, last, more: page.next !== null };
      if (pages >= MAX_PAGES) throw invalidAnswer(SOURCE, 'the pages of a search do not end');
      page = await search.following(page.next, { source: SOURCE, signal });
    }
  }

  return {
    async deliver(referrals, { signal } = {}) {
      const outcomes: Delivery[] = [];
      // One after the other: what was taken before the system failed is known to be.
      for (const referral of referrals) outcomes.push(await deliverOne(referral, deadline(timeoutMs, signal)));
      return outcomes;
    },
    async answersSince(cursor, { signal } = {}) {
      const since = cursor ?? BEGINNING;
      if (Number.isNaN(Date.parse(since))) throw invalidAnswer(SOURCE, 'not a cursor of the answers');
      const { tasks, last, more } = await tasksSince(since, deadline(timeoutMs, signal));
      return { answers: tasks.flatMap(({ answer }) => answer ?? []), next: last, more };
    },
    async held(referralIds, { signal } = {}) {
      return heldInOrder(referralIds, async (ids) => {
        const entries: HeldEntry[] = [];
        for (const part of chunk(ids, LARGEST_BATCH)) {
          const until = deadline(timeoutMs, signal);
          entries.push(...entriesOf(await requestsOf(part, until), await tasksOf(part, until)));
        }
        return entries;
      });
    },
    async close() {},
  };
}

/** An entry a Task; a request without one is half delivered, and as if nothing had been told. */
function entriesOf(requests: readonly RequestRow[], tasks: readonly TaskRow[]): readonly HeldEntry[] {
  const told = new Map(
    requests.flatMap(({ referralId, version }) => (referralId === null ? [] : [[referralId, version]])),
  );
  const withTask = new Set(tasks.map(({ referralId }) => referralId));
  return [
    ...tasks.flatMap(({ referralId, answer }) =>
      referralId === null ? [] : [{ referralId, version: told.get(referralId) ?? null, answer }],
    ),
    ...[...told.keys()]
      .filter((id) => !withTask.has(id))
      .map((id) => ({ referralId: id, version: null, answer: null })),
  ];
}

const later = (a: string, b: string) => (Date.parse(b) > Date.parse(a) ? b : a);
