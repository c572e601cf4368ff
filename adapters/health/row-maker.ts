import type { z } from 'zod';
import type { FhirResource } from './fhir-bundle.ts';
import type { ResourceKind } from './resource-kind.ts';

/** Finds the resource that a reference names among those that came in the same answer; `undefined` where it is missing. */
export type Lookup = (reference: string | undefined) => FhirResource | undefined;

/** How one category is read from FHIR: which resources, whose they are, and the row that one becomes. */
export interface RowMaker<Row> {
  readonly resourceType: string;
  /** Resources of another kind are no rows of this category, and no bad ones either. */
  readonly kind?: ResourceKind;
  /** The search parameter that leads from the resource to its patient. */
  readonly patientParameter: string;
  /** What else must come with the answer, as `_include:iterate`. */
  readonly include?: string;
  /** Parses and maps. A resource that does not fit is set aside by the caller, with the reason in the error. */
  readonly schema: z.ZodType<ParsedRow<Row>>;
}

export interface ParsedRow<Row> {
  /** The patient as the resource refers to it. */
  readonly patient: string | undefined;
  /** The same for copies of one event, where the department numbers its events; `null` where it does not. */
  readonly businessKey: string | null;
  /** `null` where the department withdrew the record (`entered-in-error`). */
  readonly toRow: ((lookup: Lookup) => Row) | null;
}
