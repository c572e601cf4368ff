import type { AuditActor } from '../port.ts';
import { coding, fhirString, hubCoding, identified } from './fhir-coding.ts';

/** Purposes in HL7's words: value set PurposeOfUse of v3-ActReason. The hub's own word stands beside. */
const PURPOSE_CODES: Readonly<Record<string, string>> = {
  CARE: 'TREAT',
  REFERRAL: 'COC',
  CRISIS_RESPONSE: 'ETREAT',
  MANDATORY_REPORTING: 'PUBHLTH',
  STATISTICS: 'HOPERAT',
  SELF_ACCESS: 'PATRQT',
  AUDIT: 'HCOMPL',
};

/** Why it was asked. A purpose that was not allowed is none of HL7's. */
export function purposeConcepts(purpose: string | null) {
  if (purpose === null) return [];
  const code = PURPOSE_CODES[purpose];
  return [
    {
      coding: [...(code === undefined ? [] : [coding('actReason', code)]), hubCoding('purpose', purpose)],
      text: purpose,
    },
  ];
}

export const HUB = identified('hub', 'xinqiao', 'Device');

/** BALP wants one of each machine; the log keeps no network addresses, and FHIR has a way to say so. */
const UNRECORDED = {
  extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }],
};

const CLIENT = { type: { coding: [coding('dicom', '110153', 'Source Role ID')] }, network: UNRECORDED };

/** Who answers: BALP's agent `server`, in every event. */
export const HUB_AGENT = {
  type: { coding: [coding('dicom', '110152', 'Destination Role ID')] },
  who: HUB,
  requestor: false,
  network: UNRECORDED,
};

/** Who asked, as BALP's agents `client`, `server`, `user` and, beside them, the user's organisation. */
export function agentsOf(
  { subject, client, organisation, department, personId }: AuditActor,
  { purpose, changes }: { readonly purpose: string | null; readonly changes: boolean },
) {
  const purposes = purposeConcepts(purpose);
  return [
    { ...CLIENT, who: identified('client', client, 'Device'), requestor: false },
    HUB_AGENT,
    {
      type: { coding: [changes ? AUTHOR : RECIPIENT] },
      who: identified('subject', subject),
      requestor: true,
      // A person's own token, or a guardian's.
      ...(personId !== null && { altId: fhirString(personId) }),
      ...(department !== null && { role: [{ coding: [hubCoding('department', department)] }] }),
      ...(purposes.length > 0 && { purposeOfUse: purposes }),
    },
    ...(organisation === null
      ? []
      : [
          {
            type: { coding: [ORGANISATION] },
            who: identified('organisation', organisation, 'Organization'),
            requestor: false,
          },
        ]),
  ];
}

/** A job of the hub, or a command of its operator: nobody else asks. */
export const HUB_ALONE = [{ ...CLIENT, who: HUB, requestor: true }, HUB_AGENT];

const RECIPIENT = coding('participation', 'IRCP', 'information recipient');
const AUTHOR = coding('participation', 'AUT', 'author (originator)');
/** The code that BALP has for a user's organisation, whatever it does (AuthZconsent, agent `userorg`). */
const ORGANISATION = coding('roleClass', 'PROV', 'healthcare provider');
