import { mayAct } from '../access/acting-powers.ts';
import type { RootField } from '../../shared/root-field.ts';
import type { PersonContext } from '../person-context.ts';
import { refused } from '../person-outcome.ts';
import { userErrors } from '../user-errors.ts';
import {
  declareGuardianship,
  type DeclaringWork,
  endGuardianship,
  type GuardianshipOutcome,
  releaseGuardianship,
  suspendGuardianship,
} from './change-guardianship.ts';

/** About a ward whom the caller's department sees on a basis that reaches so far; to others the ward is not there, and no guardian changes it by their own token. */
function changing<Input extends { readonly personId: string }>(
  change: (work: DeclaringWork, input: Input) => Promise<GuardianshipOutcome>,
) {
  return async (_root: unknown, { input }: { readonly input: Input }, context: PersonContext, root: RootField) => {
    const { request, services, reads } = context;
    context.asked('id', input.personId);
    const visible = await context.persons.load(input.personId);
    if (visible === null || request.caller.department === null || !mayAct(visible.access, 'guardians'))
      return { guardianship: null, userErrors: userErrors(refused('NOT_FOUND', 'personId').refusal) };
    context.decisions.noteMatter(input.personId, root);
    const reports = async (id: string) => (await reads.sharedFacts.ofPersons([id])).flatMap((shared) => shared.reports);
    const { guardianship, refusal } = await change({ services, request, ward: visible.person, reports }, input);
    return { guardianship, userErrors: userErrors(refusal) };
  };
}

export const guardianshipMutations = {
  declareGuardianship: changing(declareGuardianship),
  endGuardianship: changing(endGuardianship),
  suspendGuardianship: changing(suspendGuardianship),
  releaseGuardianship: changing(releaseGuardianship),
};
