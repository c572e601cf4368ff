import { z } from 'zod';
import type { FhirResource } from './fhir-bundle.ts';
import { codeableConcept, type CodeableConcept } from './fhir-types.ts';

/** What a resource must say that it is, where its type alone says too little. */
export interface ResourceKind {
  readonly element: 'category' | 'type';
  /** `system|code`. */
  readonly code: string;
}

const concepts = z.array(codeableConcept).default([]);

/** True also where the element cannot be read: that is a bad row, and none of another kind. */
export function isOfKind(resource: FhirResource, { element, code }: ResourceKind): boolean {
  const { data } = concepts.safeParse(resource[element]);
  return data === undefined || data.some((concept) => hasCode(concept, code));
}

/** Whether a concept has this `system|code` among its codes. */
export function hasCode({ coding }: CodeableConcept, code: string): boolean {
  return coding.some((one) => `${one.system}|${one.code}` === code);
}
