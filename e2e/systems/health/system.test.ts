import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Bundle, OperationOutcome } from '@medplum/fhirtypes';
import type { DepartmentSystem } from '../shared/department-system.ts';
import { createWorld } from '../world/world.ts';
import { startHealthSystem } from './system.ts';

let system: DepartmentSystem;
beforeAll(async () => {
  system = await startHealthSystem({ world: createWorld() });
});
afterAll(() => system.close());

const ask = (path: string, init: RequestInit = {}) =>
  fetch(path.startsWith('http') ? path : `${system.settings.HEALTH_URL}/${path}`, {
    headers: { authorization: `Bearer ${system.settings.HEALTH_TOKEN}` },
    ...init,
  });
const bundleOf = async (path: string) => (await (await ask(path)).json()) as Bundle;
const idsOf = ({ entry = [] }: Bundle) => entry.map(({ resource }) => `${resource?.resourceType}/${resource?.id}`);
const PUPIL = 'pat-0000001';

test('a patient and what is about them come in one search, without anybody else', async () => {
  const bundle = await bundleOf(`Patient?_id=${PUPIL}&_revinclude=Condition:patient`);
  expect(idsOf(bundle)).toEqual([`Patient/${PUPIL}`, `Condition/${PUPIL}.con3`]);
  expect(bundle.entry?.map(({ search, fullUrl }) => [search?.mode, fullUrl])).toEqual([
    ['match', `${system.settings.HEALTH_URL}/Patient/${PUPIL}`],
    ['include', `${system.settings.HEALTH_URL}/Condition/${PUPIL}.con3`],
  ]);
});

test('the drugs of prescriptions come along when they are included', async () => {
  const search = `Patient?_id=${PUPIL}&_revinclude=MedicationRequest:patient&_include:iterate=MedicationRequest:medication`;
  expect(idsOf(await bundleOf(search))).toContain('Medication/N06AB06');
});

test('resources are also found by patient, by several, by code, and read by id', async () => {
  expect(idsOf(await bundleOf(`Condition?patient=Patient/${PUPIL}`))).toEqual([`Condition/${PUPIL}.con3`]);
  const both = idsOf(await bundleOf(`Condition?patient=${PUPIL},pat-0000002`));
  expect(both).toEqual([`Condition/${PUPIL}.con3`, 'Condition/pat-0000002.con2']);
  const found = await bundleOf(`Condition?patient=${PUPIL},pat-0000002&code=http://hl7.org/fhir/sid/icd-10|F20.0`);
  expect(idsOf(found)).toEqual(['Condition/pat-0000002.con2']);
  expect((await ask(`Condition/${PUPIL}.con3`)).status).toBe(200);
});

test('pages lead to the next, to the end of the register', async () => {
  const seen: string[] = [];
  for (let next: string | undefined = 'Patient?_count=30'; next !== undefined;) {
    const page: Bundle = await bundleOf(next);
    seen.push(...idsOf(page));
    next = page.link?.find(({ relation }) => relation === 'next')?.url;
    expect(page.entry?.length).toBeLessThanOrEqual(30);
  }
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen.length).toBe((await bundleOf('Patient?_count=1')).total);
});

test('ids that are not known are told as an outcome among the entries', async () => {
  const bundle = await bundleOf(`Patient?_id=${PUPIL},nobody`);
  expect(bundle.entry?.map(({ search }) => search?.mode)).toEqual(['match', 'outcome']);
});

test.each([
  ['Condition/nothing', 404],
  [`Patient/${PUPIL}/../../../etc/passwd`, 404],
  [`Patient?_revinclude=Nothing:patient&_id=${PUPIL}`, 200],
])('%s is answered %d', async (path, status) => {
  expect((await ask(path)).status).toBe(status);
});

test('strangers are refused, and nobody may write', async () => {
  const stranger = await ask('Patient', { headers: {} });
  expect(stranger.status).toBe(401);
  const outcome = (await stranger.json()) as OperationOutcome;
  expect(outcome.resourceType).toBe('OperationOutcome');
  const written = await ask('Patient', {
    method: 'POST',
    body: '{"resourceType":"Patient"}',
    headers: { authorization: `Bearer ${system.settings.HEALTH_TOKEN}` },
  });
  expect(written.status).toBe(405);
});

test('calls are counted by category', async () => {
  system.resetCalls();
  await ask(`Patient?_id=${PUPIL}&_revinclude=CarePlan:patient`);
  await ask('Patient?_count=1');
  await ask('metadata');
  expect(system.calls()).toEqual({ 'follow-up': 1, register: 1, probe: 1 });
});
