import type {
  MutationLinkPersonArgs,
  MutationRegisterPersonArgs,
  MutationResolveLinkConflictArgs,
  MutationUnlinkPersonArgs,
} from '../../schema/generated/api-types.ts';
import { mayAct } from './access/acting-powers.ts';
import { cameByNumber } from './made-decisions.ts';
import { linkPerson, undoLink } from './link-person.ts';
import type { RootField } from '../shared/root-field.ts';
import type { PersonContext } from './person-context.ts';
import { type PersonOutcome, refused } from './person-outcome.ts';
import { registerPerson } from './register-person.ts';
import { tooManyIdNumbers } from './too-many-id-numbers.ts';
import { userErrors } from './user-errors.ts';
import { resolveLinkConflict } from './resolve-link-conflict.ts';

/** Each answers with the person, or with errors that the caller can mend; never with an exception for those. Throws `LIMIT_EXCEEDED`. */
export const personMutations = {
  registerPerson: async (
    _root: unknown,
    { input }: MutationRegisterPersonArgs,
    context: PersonContext,
    root: RootField,
  ) => {
    const { reads, request, decisions } = context;
    const byNumber = input.idNumber != null;
    if (byNumber && !reads.mayMatch(request.caller.client)) throw tooManyIdNumbers();
    const outcome = await registerPerson(context.services, context.request, input);
    if (byNumber && outcome.person !== null) decisions.note(cameByNumber(outcome.person.id));
    return { ...(await payload(outcome, context, root)), created: outcome.person === null ? null : outcome.created };
  },
  linkPerson: async (_root: unknown, { input }: MutationLinkPersonArgs, context: PersonContext, root: RootField) => {
    // A department links only whom it sees already: by its own record, or on a basis that a link may outlast.
    const visible = await context.persons.load(input.personId);
    if (visible === null || !mayAct(visible.access, 'records'))
      return payload(refused('NOT_FOUND', 'personId'), context, root);
    return payload(await linkPerson(context.services, context.request, input), context, root);
  },
  unlinkPerson: async (_root: unknown, { input }: MutationUnlinkPersonArgs, context: PersonContext, root: RootField) =>
    payload(await undoLink(context.services, context.request, input), context, root),
  resolveLinkConflict: async (
    _root: unknown,
    { input }: MutationResolveLinkConflictArgs,
    { services, request, decisions }: PersonContext,
    root: RootField,
  ) => {
    const { conflict, refusal } = await resolveLinkConflict(services, request, {
      ...input,
      personId: input.personId ?? null,
    });
    for (const id of conflict?.data.personIds ?? []) decisions.noteMatter(id, root);
    return { conflictId: conflict?.id ?? null, userErrors: userErrors(refusal) };
  },
};

/** The person as this caller may see it after the change: the decision is made anew. */
async function payload({ person, refusal }: PersonOutcome, { persons, decisions }: PersonContext, root: RootField) {
  if (person === null) return { person: null, userErrors: userErrors(refusal) };
  decisions.noteMatter(person.id, root);
  return { person: await persons.clear(person.id).load(person.id), userErrors: [] };
}
