import type { AgreeToConsentInput, WithdrawConsentInput } from '../../../schema/generated/api-types.ts';
import type { Person } from '../person.ts';
import { updatePerson } from '../update-person.ts';
import type { Agreement, Consent } from './consent.ts';
import { consentNeeds } from './consent-rules.ts';
import type { StandingWork } from './consent-work.ts';
import { type ConsentOutcome, isComplete, noConsent, ownAgreement, paperAgreement } from './give-consent.ts';

/** The second of two agrees; from then on the consent opens what it names. Agreeing again changes nothing. */
export async function agreeToConsent(work: StandingWork, input: AgreeToConsentInput): Promise<ConsentOutcome> {
  const { ward, standing, services } = work;
  const agreement =
    standing.as === 'RECORDER'
      ? input.agreement == null
        ? noConsent('AGREEMENT_MISSING', 'agreement').refusal
        : paperAgreement(work, input.agreement, input.language)
      : ownAgreement(work, standing, input.language);
  if (agreement === null || 'code' in agreement)
    return { consent: null, personId: null, refusal: agreement ?? { code: 'INVALID', path: ['agreement'] } };
  const now = services.now();
  const needs = consentNeeds(ward, now)?.needs ?? null;
  if (needs === null || !needs.includes(agreement.by)) return noConsent('NO_STANDING', 'personId');
  return moveConsent(work, { consentId: input.consentId, type: 'CONSENT_AGREED' }, (consent) =>
    consent.withdrawnAt !== null
      ? consent
      : withAgreement(consent, agreement, isComplete([...consent.agreements, agreement], needs), now),
  );
}

function withAgreement(consent: Consent, agreement: Agreement, complete: boolean, now: number): Consent {
  if (consent.agreements.some(({ by }) => by === agreement.by)) return consent;
  const completeAt = consent.completeAt ?? (complete ? new Date(now).toISOString() : null);
  return { ...consent, agreements: [...consent.agreements, agreement], completeAt };
}

/** One step, no reason asked (PIPL art. 15); either of those who may agree may withdraw. Withdrawn stays withdrawn. */
export async function withdrawConsent(work: StandingWork, input: WithdrawConsentInput): Promise<ConsentOutcome> {
  const { standing, services } = work;
  const by = standing.as === 'RECORDER' ? (input.by ?? null) : standing.as;
  if (by === null) return noConsent('INVALID', 'by');
  const at = new Date(services.now()).toISOString();
  return moveConsent(work, { consentId: input.consentId, type: 'CONSENT_WITHDRAWN' }, (consent) =>
    consent.withdrawnAt === null ? { ...consent, withdrawnAt: at, withdrawnBy: by } : consent,
  );
}

async function moveConsent(
  { ward, services, ...work }: StandingWork,
  { consentId, type }: { consentId: string; type: string },
  move: (consent: Consent) => Consent,
): Promise<ConsentOutcome> {
  const before = ward.consents.find(({ id }) => id === consentId);
  if (before === undefined || !maySee(work, before)) return noConsent('NOT_FOUND', 'consentId');
  const change = (person: Person): Person => {
    const consents = person.consents.map((consent) => (consent.id === consentId ? move(consent) : consent));
    return consents.every((consent, i) => consent === person.consents[i]) ? person : { ...person, consents };
  };
  const saved = await updatePerson(services, ward.personId, { type, change });
  const consent = saved?.data.consents.find(({ id }) => id === consentId);
  return consent === undefined
    ? noConsent('NOT_FOUND', 'consentId')
    : { consent, personId: ward.personId, refusal: null };
}

/** The person and the guardian all; a department those that name it, or that its own client recorded. */
export function maySee({ standing, request }: Pick<StandingWork, 'standing' | 'request'>, consent: Consent): boolean {
  if (standing.as !== 'RECORDER') return true;
  const { client, department, organisation } = request.caller;
  const named = consent.recipients.some(
    (recipient) =>
      recipient.department === department ||
      (recipient.organisation !== null && recipient.organisation === organisation),
  );
  return named || consent.agreements.some(({ recordedBy }) => recordedBy.client === client);
}
