import { createHash } from 'node:crypto';
import type { AgreementInput, GiveConsentInput } from '../../../schema/generated/api-types.ts';
import { actingGuardians } from '../guardianship/guardianship.ts';
import type { Person } from '../person.ts';
import { type Refusal, refused } from '../person-outcome.ts';
import { updatePerson } from '../update-person.ts';
import { checkTerms } from './check-terms.ts';
import type { Agreement, Consent } from './consent.ts';
import { type ConsentGiver, consentNeeds } from './consent-rules.ts';
import type { ConsentStanding } from './consent-standing.ts';
import type { ConsentWork, StandingWork } from './consent-work.ts';

const MAX_TEXT = 200;
const MAX_CONSENTS = 500;

export type ConsentOutcome =
  | { readonly consent: Consent; readonly personId: string; readonly refusal: null }
  | { readonly consent: null; readonly personId: null; readonly refusal: Refusal };

export const noConsent = (code: Refusal['code'], ...path: string[]): ConsentOutcome => ({
  consent: null,
  personId: null,
  ...refusedOnly(code, ...path),
});

function refusedOnly(code: Refusal['code'], ...path: string[]): { readonly refusal: Refusal } {
  return { refusal: refused(code, ...path).refusal };
}

/**
 * Gives a consent by one's own token, or records one from paper. Where two must agree and one is missing it waits, and
 * opens nothing; a paper without what the table demands of a child's guardian is refused. Refused = nothing stored.
 */
export async function giveConsent(work: StandingWork, input: GiveConsentInput): Promise<ConsentOutcome> {
  const { ward, services, departments, request } = work;
  const now = services.now();
  const needs = consentNeeds(ward, now);
  if (needs === null) return noConsent('AGREEMENT_MISSING', 'personId');
  if (!isText(input.idempotencyKey)) return noConsent('INVALID', 'idempotencyKey');
  if (!isText(input.language)) return noConsent('INVALID', 'language');
  const terms = checkTerms(input.terms, { departments, needs, now });
  if ('code' in terms) return { consent: null, personId: null, refusal: terms };
  const given = agreementsOf(work, input, needs.needs);
  if ('refusal' in given) return { consent: null, personId: null, refusal: given.refusal };
  const recorded = {
    client: request.caller.client,
    // Each person at the console has keys of their own.
    idempotencyKey: `${request.caller.subject} ${input.idempotencyKey}`,
    inputDigest: createHash('sha256')
      .update(JSON.stringify([input.terms, input.agreements ?? []]))
      .digest('base64url'),
  };
  const known = ward.consents.find((one) => isSameKey(one, recorded));
  if (known !== undefined) return repetition(known, ward.personId, recorded.inputDigest);
  if (ward.consents.length >= MAX_CONSENTS) return noConsent('INVALID', 'personId');
  const consent: Consent = {
    id: services.newId(),
    agreements: given.agreements,
    completeAt: isComplete(given.agreements, needs.needs) ? new Date(now).toISOString() : null,
    ...terms,
    withdrawnAt: null,
    withdrawnBy: null,
    recorded,
  };
  let kept: Consent = consent;
  const change = (person: Person): Person => {
    const before = person.consents.find((one) => isSameKey(one, recorded));
    kept = before ?? consent;
    return before === undefined ? { ...person, consents: [...person.consents, consent] } : person;
  };
  const saved = await updatePerson(services, ward.personId, { type: 'CONSENT_GIVEN', change });
  if (saved === null) return noConsent('NOT_FOUND', 'personId');
  return kept === consent
    ? { consent, personId: ward.personId, refusal: null }
    : repetition(kept, ward.personId, recorded.inputDigest);
}

function isSameKey({ recorded }: Consent, key: NonNullable<Consent['recorded']>): boolean {
  return recorded?.client === key.client && recorded.idempotencyKey === key.idempotencyKey;
}

function repetition(consent: Consent, personId: string, digest: string): ConsentOutcome {
  return consent.recorded?.inputDigest === digest
    ? { consent, personId, refusal: null }
    : noConsent('KEY_REUSED', 'idempotencyKey');
}

/** Have all agreed whom the table demands? */
export function isComplete(agreements: readonly Agreement[], needs: readonly ConsentGiver[]): boolean {
  return needs.every((giver) => agreements.some(({ by }) => by === giver));
}

type Agreed = { readonly agreements: readonly Agreement[] } | { readonly refusal: Refusal };

function agreementsOf(work: StandingWork, input: GiveConsentInput, needs: readonly ConsentGiver[]): Agreed {
  const { standing } = work;
  const papers = input.agreements ?? [];
  if (standing.as !== 'RECORDER') {
    if (papers.length > 0) return refusedOnly('INVALID', 'agreements');
    // Below 14, or without full capacity, one's own word is not what the law asks for.
    if (!needs.includes(standing.as)) return refusedOnly('NO_STANDING', 'personId');
    return { agreements: [ownAgreement(work, standing, input.language)] };
  }
  if (papers.length === 0) return refusedOnly('AGREEMENT_MISSING', 'agreements');
  const missing = needs.filter((giver) => !papers.some(({ by }) => by === giver));
  // What a child's or a ward's guardian must agree to is not recorded without; the second of two may follow.
  if (missing.length === needs.length || (missing.includes('GUARDIAN') && needs.length === 1))
    return refusedOnly('AGREEMENT_MISSING', 'agreements');
  const agreements: Agreement[] = [];
  for (const [i, paper] of papers.entries()) {
    const agreement = paperAgreement(work, paper, input.language);
    if ('code' in agreement) return { refusal: { ...agreement, path: ['agreements', String(i), ...agreement.path] } };
    agreements.push(agreement);
  }
  return { agreements };
}

/** By one's own token: the sign-in itself is the evidence. */
export function ownAgreement(
  { request, services }: ConsentWork,
  standing: Exclude<ConsentStanding, { as: 'RECORDER' }>,
  language: string,
): Agreement {
  const { subject, client } = request.caller;
  return {
    by: standing.as,
    guardianId: standing.as === 'GUARDIAN' ? standing.guardianId : null,
    relation: null,
    at: new Date(services.now()).toISOString(),
    evidence: `token:${request.requestId}`,
    language,
    recordedBy: { subject, client },
  };
}

/**
 * From paper. A guardian must be one who can act now; one whom the hub does not know is taken with relation and evidence
 * only while it knows none of the person at all.
 */
export function paperAgreement(
  { ward, request, services }: StandingWork,
  { by, guardianId = null, relation = null, evidence }: AgreementInput,
  language: string,
): Agreement | Refusal {
  if (!isText(evidence)) return refused('INVALID', 'evidence').refusal;
  if (relation !== null && !isText(relation)) return refused('INVALID', 'relation').refusal;
  if (by === 'GUARDIAN') {
    const acting = actingGuardians(ward, services.now()).some((one) => one.guardianId === guardianId);
    const unknown = guardianId === null && ward.guardianships.length === 0 && relation !== null;
    if (!acting && !unknown) return refused('NO_STANDING', 'guardianId').refusal;
  }
  const { subject, client } = request.caller;
  return {
    by,
    guardianId: by === 'GUARDIAN' ? guardianId : null,
    relation: by === 'GUARDIAN' ? relation : null,
    at: new Date(services.now()).toISOString(),
    evidence: evidence.trim(),
    language,
    recordedBy: { subject, client },
  };
}

function isText(text: string): boolean {
  const trimmed = text.trim();
  return trimmed.length > 0 && trimmed.length <= MAX_TEXT && !/\p{Cc}|\p{Cs}/u.test(trimmed);
}
