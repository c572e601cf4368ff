/** Decisions about made-up facts, for the tests of this folder. */
import type { Caller, PurposeOfUse } from '../../shared/caller.ts';
import { type AccessDecision, decideAccess } from './access-decision.ts';
import { type AccessFacts, NO_FACTS } from './access-question.ts';
import { caller, departments, NOW } from '../person-fixtures.ts';

const NOTHING: AccessFacts = { ...NO_FACTS, personId: 'person-1', birthDate: '2011-03-05' };
export interface Ask {
  readonly caller?: Partial<Caller>;
  readonly purpose?: PurposeOfUse;
  readonly now?: number;
}
/** The decision about these facts; left out, there are none. */
export const decide = (facts: Partial<AccessFacts>, { caller: changes, purpose = 'CARE', now = NOW }: Ask = {}) =>
  decideAccess({ caller: caller(changes), purpose, departments, now }, { ...NOTHING, ...facts });

/** Full category name → basis. */
export const granted = ({ departments: all }: AccessDecision): Record<string, string> =>
  Object.fromEntries(
    all.flatMap(({ department, categories }) =>
      Object.entries(categories).map(([slug, { basis }]) => [`${department.slug}:${slug}`, basis]),
    ),
  );
