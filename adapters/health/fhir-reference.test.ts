import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { idIn, isFhirId } from './fhir-reference.ts';

const BASE = 'https://health.test/fhir/R4';

test.each(['pat-0000001', 'A.b-9', 'x'.repeat(64)])('%s is an id', (id) => {
  expect(isFhirId(id)).toBe(true);
  expect(idIn(`Patient/${id}`, 'Patient', BASE)).toBe(id);
});

test('case 52: an id has no character that means something in a search or an address', () => {
  const special = fc.constantFrom(',', '|', '$', '\\', '&', '/', '?', '#', '%', ' ', '\u0000', '病', '\ud800');
  fc.assert(
    fc.property(fc.string(), special, fc.string(), (before, sign, after) => {
      expect(isFhirId(before + sign + after)).toBe(false);
    }),
  );
  expect(isFhirId('')).toBe(false);
  expect(isFhirId('x'.repeat(65))).toBe(false);
});

test.each([
  'https://elsewhere.test/fhir/R4/Patient/a',
  'https://health.test/fhir/R4x/Patient/a',
  'Group/a',
  'Patient/a/b',
  'Patient/a/_history/1/2',
  'Patient/',
  '#a',
  'urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0',
  undefined,
])('%s names no patient of this server', (reference) => {
  expect(idIn(reference, 'Patient', BASE)).toBeNull();
});
