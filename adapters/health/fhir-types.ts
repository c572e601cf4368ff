/** The parts of FHIR R4 data types that the hub reads. Whatever else a resource carries is dropped at the door. */
import { z } from 'zod';
import { cleanText, foldWidth } from '../shared/fold-width.ts';
import { partialDateOf } from '../shared/partial-date.ts';
import { shortText } from '../shared/short-text.ts';

/** Words for people; `undefined` where nothing is left after cleaning. */
export const words = shortText.transform((raw) => cleanText(raw) || undefined).optional();
/** Codes, identifiers, URLs. */
export const code = shortText.transform((raw) => foldWidth(raw) || undefined).optional();

/** A date or an instant, which becomes its day in China. A row whose date is required is no row without it. */
export const date = shortText.transform((raw, context) => {
  const day = partialDateOf(raw.trim());
  if (day === null) context.addIssue({ code: 'custom', message: 'not a FHIR date' });
  return day ?? z.NEVER;
});
/** A date whose loss leaves the row useful: a malformed one counts as absent. */
export const dateIfAny = date.optional().catch(undefined);
export const period = z.object({ start: dateIfAny, end: dateIfAny });

/** No diagnosis has so many codes. */
const MOST_CODINGS = 50;

export const coding = z.object({ system: code, code, display: words });
export const codeableConcept = z.object({ coding: z.array(coding).max(MOST_CODINGS).default([]), text: words });
export const reference = z.object({ reference: code, type: code, display: words });
export const identifier = z.object({ system: code, value: code, type: codeableConcept.optional() });
/** Resources inside a resource: only their ids matter until something refers to them. */
export const contained = z.array(z.looseObject({ resourceType: z.string(), id: z.string() })).default([]);

export type Coding = z.infer<typeof coding>;
export type Reference = z.infer<typeof reference>;
export type CodeableConcept = z.infer<typeof codeableConcept>;

/** What a concept is called: the clinician's own words, else the first name of a code. */
export function nameOf(concept: CodeableConcept | undefined): string | null {
  return concept?.text ?? concept?.coding.find(({ display }) => display !== undefined)?.display ?? null;
}

const ORGANISATION = /(?:^|\/)Organization\/[^/]+(?:\/_history\/[^/]+)?$/;
/** `#1`, `urn:uuid:…`: does not say what it leads to. */
const OPAQUE = /^(?:#|urn:)/;

/** The name of the first organisation among those who did something; a person's name is none. */
export function organisationIn(references: readonly Reference[]): string | null {
  return references.find(isOrganisation)?.display ?? null;
}

function isOrganisation({ reference: target, type }: Reference): boolean {
  return target === undefined || OPAQUE.test(target) ? type === 'Organization' : ORGANISATION.test(target);
}
