import { isWithin } from '../../../adapters/shared/division.ts';
import type { Consent, Recipient } from './consent.ts';
import type { StandingWork } from './consent-work.ts';

type Asking = Pick<StandingWork, 'standing' | 'request'>;

/** The person and the guardian all; a department those that name it in its jurisdiction, or that it recorded from paper. */
export function maySee({ standing, request }: Asking, consent: Consent): boolean {
  if (standing.as !== 'RECORDER') return true;
  const { client, department } = request.caller;
  const recorded = consent.agreements.some(
    // Department and client: people of all departments, and persons of their own, sign in at one console.
    ({ recordedBy }) => recordedBy.client === client && recordedBy.department === department,
  );
  return recorded || consent.recipients.some((recipient) => names(recipient, request));
}

function names({ department, organisation, division }: Recipient, { caller }: Asking['request']): boolean {
  return (
    (department !== null || organisation !== null) &&
    (department === null || department === caller.department) &&
    (organisation === null || organisation === caller.organisation) &&
    caller.division !== null &&
    isWithin(division, caller.division)
  );
}
