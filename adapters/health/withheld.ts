import { z } from 'zod';

/** HL7 v3 ActCode: no disclosure to the patient, the family or caregivers without the attending provider's authorization. */
const NO_DISCLOSURE_TO_PATIENT = 'NOPAT';

const labels = z.array(z.object({ code: z.string().optional() }));

/**
 * Whether a clinician withheld the resource from the person for the person's good (精神卫生法 art. 47), by its security
 * label (FHIR R4 6.1.1). Labels that cannot be read withhold: an error on this side harms nobody.
 */
export const withheldLabel = z
  .looseObject({ meta: z.looseObject({ security: labels.optional() }).optional() })
  .transform(({ meta }) => ({
    withheld: meta?.security?.some(({ code }) => code === NO_DISCLOSURE_TO_PATIENT) ?? false,
  }))
  .catch({ withheld: true });
