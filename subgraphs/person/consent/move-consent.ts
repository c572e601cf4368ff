import type { AgreeToConsentInput, WithdrawConsentInput } from '../../../schema/generated/api-types.ts';
import { actingGuardians } from '../guardianship/guardianship.ts';
import type { Person } from '../person.ts';
import { type Refusal, refused } from '../person-outcome.ts';
import { updatePerson } from '../update-person.ts';
import type { Agreement, Consent } from './consent.ts';
import { type ConsentGiver, consentNeeds, missingGivers } from './consent-rules.ts';
import { type StandingWork, workOn } from './consent-work.ts';
import { type ConsentOutcome, noConsent, ownAgreement, paperAgreement } from './give-consent.ts';
import { isLanguageTag } from './language-tag.ts';
import { maySee } from './may-see.ts';

/** The second of two agrees; from then on the consent opens what it names. Agreeing again changes nothing. */
export async function agreeToConsent(work: StandingWork, input: AgreeToConsentInput): Promise<ConsentOutcome> {
  if (!isLanguageTag(input.language)) return noConsent('INVALID', 'language');
  return moveConsent(work, { consentId: input.consentId, type: 'CONSENT_AGREED' }, (fresh, consent) => {
    if (consent.withdrawnAt !== null) return consent;
    const agreement = agreementOf(fresh, input);
    if ('code' in agreement) return agreement;
    const now = fresh.services.now();
    const needs = consentNeeds(fresh.ward, now)?.needs ?? [];
    if (!needs.includes(agreement.by)) return refused('NO_STANDING', 'personId').refusal;
    return withAgreement(fresh.ward, consent, { agreement, needs, now });
  });
}

function agreementOf(work: StandingWork, { agreement, language }: AgreeToConsentInput): Agreement | Refusal {
  if (work.standing.as !== 'RECORDER') return ownAgreement(work, work.standing, language);
  if (agreement == null) return refused('AGREEMENT_MISSING', 'agreement').refusal;
  const paper = paperAgreement(work, agreement, language);
  return 'code' in paper ? { ...paper, path: ['agreement', ...paper.path] } : paper;
}

/** Who agreed before may be all that is demanded by now: one who came of age, or whose guardian was suspended. */
function withAgreement(
  ward: StandingWork['ward'],
  consent: Consent,
  { agreement, needs, now }: { agreement: Agreement; needs: readonly ConsentGiver[]; now: number },
): Consent {
  const missing = (agreements: readonly Agreement[]) => missingGivers(ward, agreements, { needs, now });
  const again = !missing(consent.agreements).includes(agreement.by);
  const agreements = again ? consent.agreements : [...consent.agreements, agreement];
  const completes = consent.completeAt === null && missing(agreements).length === 0;
  if (again && !completes) return consent;
  return { ...consent, agreements, completeAt: completes ? new Date(now).toISOString() : consent.completeAt };
}

/** One step, no reason asked (PIPL art. 15); either of those who may agree may withdraw. Withdrawn stays withdrawn. */
export async function withdrawConsent(work: StandingWork, input: WithdrawConsentInput): Promise<ConsentOutcome> {
  return moveConsent(work, { consentId: input.consentId, type: 'CONSENT_WITHDRAWN' }, (fresh, consent) => {
    const { standing, services } = fresh;
    const by = standing.as === 'RECORDER' ? (input.by ?? null) : standing.as;
    if (by === null) return refused('INVALID', 'by').refusal;
    if (consent.withdrawnAt !== null) return consent;
    if (by === 'GUARDIAN' && !hasGuardian(fresh, consent)) return refused('NO_STANDING', 'by').refusal;
    return { ...consent, withdrawnAt: new Date(services.now()).toISOString(), withdrawnBy: by };
  });
}

/** One who can act now; or, of a person of whom the hub knows no guardianship, the one who agreed on paper. */
function hasGuardian({ ward, services }: StandingWork, { agreements }: Consent): boolean {
  if (ward.guardianships.length === 0) return agreements.some(({ by }) => by === 'GUARDIAN');
  return actingGuardians(ward, services.now()).length > 0;
}

/** Judged on the person as stored at the moment of the change; a refusal changes nothing. */
async function moveConsent(
  work: StandingWork,
  { consentId, type }: { consentId: string; type: string },
  move: (fresh: StandingWork, consent: Consent) => Consent | Refusal,
): Promise<ConsentOutcome> {
  const { ward, services } = work;
  let outcome = noConsent('NOT_FOUND', 'personId');
  const change = (person: Person): Person => {
    const fresh = workOn(work, person);
    const before = fresh?.ward.consents.find(({ id }) => id === consentId);
    outcome = noConsent('NOT_FOUND', 'consentId');
    if (fresh === null || before === undefined || !maySee(fresh, before)) return person;
    const moved = move(fresh, before);
    if ('code' in moved) {
      outcome = { consent: null, personId: null, refusal: moved };
      return person;
    }
    outcome = { consent: moved, personId: ward.personId, refusal: null };
    if (moved === before) return person;
    return { ...person, consents: person.consents.map((one) => (one === before ? moved : one)) };
  };
  await updatePerson(services, ward.personId, { type, change });
  return outcome;
}
