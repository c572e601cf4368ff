import { GraphQLError } from 'graphql';
import type {
  MutationAgreeToConsentArgs,
  MutationGiveConsentArgs,
  MutationWithdrawConsentArgs,
  QueryConsentsArgs,
  QueryConsentTextArgs,
} from '../../../schema/generated/api-types.ts';
import { userErrors } from '../user-errors.ts';
import type { RootField } from '../../shared/root-field.ts';
import type { PersonContext } from '../person-context.ts';
import type { Consent } from './consent.ts';
import { namedIn } from './check-terms.ts';
import { consentNeeds, missingGivers } from './consent-rules.ts';
import { consentText } from './consent-text.ts';
import { type StandingWork, standingWork } from './consent-work.ts';
import { type ConsentOutcome, giveConsent, noConsent } from './give-consent.ts';
import { maySee } from './may-see.ts';
import { agreeToConsent, withdrawConsent } from './move-consent.ts';

/** A consent as it is shown: with whose agreement is missing. */
export interface ShownConsent extends Consent {
  readonly missing: readonly string[];
}

/** With what is still missing by the table, now. */
export function shownConsent(consent: Consent, ward: Parameters<typeof consentNeeds>[0], now: number): ShownConsent {
  const needs = consent.completeAt === null ? (consentNeeds(ward, now)?.needs ?? []) : [];
  return { ...consent, missing: missingGivers(ward, consent.agreements, { needs, now }) };
}

export const consentQueries = {
  consents: async (_root: unknown, { personId }: QueryConsentsArgs, context: PersonContext, root: RootField) => {
    context.asked('id', personId);
    const work = await standingWork(context, personId);
    if (work === null) return null;
    context.decisions.noteMatter(personId, root);
    const seen = work.ward.consents.filter((consent) => maySee(work, consent));
    return seen.map((consent) => shownConsent(consent, work.ward, context.reads.now()));
  },
  consentText: (_root: unknown, { input }: QueryConsentTextArgs, { reads }: PersonContext) => {
    const named = namedIn(input, reads.departments);
    if ('code' in named)
      throw new GraphQLError('The recipients or the categories are not valid; each needs a name that is one.', {
        extensions: { code: 'BAD_USER_INPUT' },
      });
    const { purposes, from = null, to = null, coversWayBack } = input;
    const terms = { ...named, purposes, from, to, coversWayBack: coversWayBack ?? false };
    return consentText(terms, reads.departments);
  },
};

type Move<Input> = (work: StandingWork, input: Input) => Promise<ConsentOutcome>;

function moving<Input extends { readonly personId: string }>(move: Move<Input>) {
  return async (_root: unknown, { input }: { readonly input: Input }, context: PersonContext, root: RootField) => {
    context.asked('id', input.personId);
    const work = await standingWork(context, input.personId);
    const outcome = work === null ? noConsent('NOT_FOUND', 'personId') : await move(work, input);
    if (work !== null) context.decisions.noteMatter(input.personId, root);
    // Whatever this request decided before rests on what has just changed.
    context.persons.clear(input.personId);
    if (outcome.consent === null || work === null) return { consent: null, userErrors: userErrors(outcome.refusal) };
    await context.persons.load(input.personId);
    return { consent: shownConsent(outcome.consent, work.ward, context.reads.now()), userErrors: [] };
  };
}

export const consentMutations = {
  giveConsent: moving<MutationGiveConsentArgs['input']>(giveConsent),
  agreeToConsent: moving<MutationAgreeToConsentArgs['input']>(agreeToConsent),
  withdrawConsent: moving<MutationWithdrawConsentArgs['input']>(withdrawConsent),
};

export const consentTypes = {
  Consent: {
    status: (consent: Consent, _args: unknown, { reads }: PersonContext) => consentStatus(consent, reads.now()),
    text: (consent: Consent, _args: unknown, { reads }: PersonContext) => consentText(consent, reads.departments),
  },
};

function consentStatus({ completeAt, withdrawnAt, from, to }: Consent, now: number) {
  if (withdrawnAt !== null) return 'WITHDRAWN';
  if (to !== null && now >= Date.parse(to)) return 'EXPIRED';
  if (completeAt === null) return 'PENDING';
  return now < Date.parse(from) ? 'FUTURE' : 'ACTIVE';
}
