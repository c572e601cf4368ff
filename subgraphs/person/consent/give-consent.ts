import { createHash } from 'node:crypto';
import type { AgreementInput, GiveConsentInput } from '../../../schema/generated/api-types.ts';
import { actingGuardians } from '../guardianship/guardianship.ts';
import type { Person } from '../person.ts';
import { type Refusal, refused } from '../person-outcome.ts';
import { referenceText } from '../registration-input.ts';
import { updatePerson } from '../update-person.ts';
import { checkTerms } from './check-terms.ts';
import type { Agreement, Consent } from './consent.ts';
import { type ConsentGiver, consentNeeds, missingGivers } from './consent-rules.ts';
import type { ConsentStanding } from './consent-standing.ts';
import { type ConsentWork, type StandingWork, workOn } from './consent-work.ts';
import { isLanguageTag } from './language-tag.ts';
import { isPlainText } from '../../shared/plain-text.ts';

/** Both parents and the person, and one to spare. */
const MAX_PAPERS = 4;
const MAX_CONSENTS = 500;
/** One word, like `MOTHER` or 外祖母. */
const RELATION = /^\p{L}[\p{L}_-]{0,19}$/u;

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

const refusedConsent = (refusal: Refusal): ConsentOutcome => ({ consent: null, personId: null, refusal });

/**
 * Gives a consent by one's own token, or records one from paper. Where two must agree and one is missing it waits, and
 * opens nothing; a paper without what the table demands of a child's guardian is refused. Refused = nothing stored.
 * Judged on the person as stored at the moment of the change: one document holds guardianships and consents.
 */
export async function giveConsent(work: StandingWork, input: GiveConsentInput): Promise<ConsentOutcome> {
  const { ward, services } = work;
  if (!isPlainText(input.idempotencyKey)) return noConsent('INVALID', 'idempotencyKey');
  const recorded = recordOf(work, input);
  const id = services.newId();
  let outcome = noConsent('NOT_FOUND', 'personId');
  const change = (person: Person): Person => {
    const known = person.consents.find((one) => isSameKey(one, recorded));
    const fresh = workOn(work, person);
    const made =
      known !== undefined
        ? repetition(known, ward.personId, recorded.inputDigest)
        : fresh === null
          ? noConsent('NOT_FOUND', 'personId')
          : newConsent(fresh, input, { id, recorded });
    outcome = made;
    return made.consent === null || known !== undefined
      ? person
      : { ...person, consents: [...person.consents, made.consent] };
  };
  await updatePerson(services, ward.personId, { type: 'CONSENT_GIVEN', change });
  return outcome;
}

type Recorded = NonNullable<Consent['recorded']>;

function recordOf(
  { request }: ConsentWork,
  { idempotencyKey, terms, agreements, language }: GiveConsentInput,
): Recorded {
  const { client, subject } = request.caller;
  return {
    client,
    // Each person at the console has keys of their own.
    idempotencyKey: JSON.stringify([subject, idempotencyKey]),
    inputDigest: createHash('sha256')
      .update(JSON.stringify([terms, agreements ?? [], language]))
      .digest('base64url'),
  };
}

function newConsent(
  work: StandingWork,
  input: GiveConsentInput,
  { id, recorded }: { id: string; recorded: Recorded },
): ConsentOutcome {
  const { ward, services, departments } = work;
  const now = services.now();
  const needs = consentNeeds(ward, now);
  if (needs === null) return noConsent('AGREEMENT_MISSING', 'personId');
  if (!isLanguageTag(input.language)) return noConsent('INVALID', 'language');
  if (ward.consents.length >= MAX_CONSENTS) return noConsent('INVALID', 'personId');
  const terms = checkTerms(input.terms, { departments, needs, now });
  if ('code' in terms) return refusedConsent(terms);
  const given = agreementsOf(work, input, needs.needs);
  if ('refusal' in given) return refusedConsent(given.refusal);
  const { agreements } = given;
  const isComplete = missingGivers(ward, agreements, { needs: needs.needs, now }).length === 0;
  const completeAt = isComplete ? new Date(now).toISOString() : null;
  const consent = { id, agreements, completeAt, ...terms, withdrawnAt: null, withdrawnBy: null, recorded };
  return { consent, personId: ward.personId, refusal: null };
}

function isSameKey({ recorded }: Consent, key: NonNullable<Consent['recorded']>): boolean {
  return recorded?.client === key.client && recorded.idempotencyKey === key.idempotencyKey;
}

function repetition(consent: Consent, personId: string, digest: string): ConsentOutcome {
  return consent.recorded?.inputDigest === digest
    ? { consent, personId, refusal: null }
    : noConsent('KEY_REUSED', 'idempotencyKey');
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
  const parties = new Set(papers.map(({ by, guardianId }) => JSON.stringify([by, guardianId ?? null])));
  if (papers.length > MAX_PAPERS || parties.size < papers.length) return refusedOnly('INVALID', 'agreements');
  const missing = needs.filter((giver) => !papers.some(({ by }) => by === giver));
  // What a child's or a ward's guardian must agree to is not recorded without; the second of two may follow.
  if (missing.length === needs.length) return refusedOnly('AGREEMENT_MISSING', 'agreements');
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
    recordedBy: { subject, client, department: null },
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
  const reference = referenceText.safeParse(evidence);
  if (!reference.success) return refused('INVALID', 'evidence').refusal;
  if (relation !== null && !RELATION.test(relation)) return refused('INVALID', 'relation').refusal;
  if (by === 'GUARDIAN') {
    const acting = actingGuardians(ward, services.now()).some((one) => one.guardianId === guardianId);
    // An adult with full capacity has none, whatever a paper says.
    const needed = consentNeeds(ward, services.now())?.needs.includes('GUARDIAN') ?? false;
    const unknown = guardianId === null && ward.guardianships.length === 0 && relation !== null && needed;
    if (!acting && !unknown) return refused('NO_STANDING', 'guardianId').refusal;
  }
  const { subject, client, department } = request.caller;
  return {
    by,
    guardianId: by === 'GUARDIAN' ? guardianId : null,
    relation: by === 'GUARDIAN' ? relation : null,
    at: new Date(services.now()).toISOString(),
    evidence: reference.data,
    language,
    recordedBy: { subject, client, department },
  };
}
