import type { ConsentTermsInput } from '../../../schema/generated/api-types.ts';
import type { Department } from '../../../schema/departments.ts';
import type { PurposeOfUse } from '../../shared/caller.ts';
import { PURPOSE_BASES } from '../access/purpose-bases.ts';
import { type Refusal, refused } from '../person-outcome.ts';
import type { Consent } from './consent.ts';
import type { ConsentNeeds } from './consent-rules.ts';
import { isPlainText } from '../../shared/plain-text.ts';

export type CheckedTerms = Pick<Consent, 'recipients' | 'categories' | 'purposes' | 'from' | 'to' | 'coversWayBack'>;

const MAX_RECIPIENTS = 20;
const MAX_CATEGORIES = 100;
const MAX_NAME = 100;

interface CheckOptions {
  readonly departments: readonly Department[];
  readonly needs: ConsentNeeds;
  readonly now: number;
}

/** The terms of a consent as they will be kept, or the first thing that is wrong with them and where. */
export function checkTerms(input: ConsentTermsInput, options: CheckOptions): CheckedTerms | Refusal {
  const { departments, needs, now } = options;
  const no = (code: Refusal['code'], ...path: string[]) => refused(code, 'terms', ...path).refusal;
  const named = namedIn(input, departments);
  if ('code' in named) return named;
  const { recipients, categories, known } = named;
  // Any organisation outside the departments may be the person's employer, its members of a team too.
  const toEmployers = recipients.some(({ department, organisation }) => department === null && organisation !== null);
  if (toEmployers && categories.some((name) => known.get(name)?.closedToEmployers)) return no('INVALID', 'categories');
  const separate = new Set(input.sensitiveCategories ?? []);
  const sensitive = categories.filter((name) => needs.allSensitive || known.get(name)?.sensitive === true);
  if (sensitive.some((name) => !separate.has(name))) return no('SEPARATE_CONSENT_MISSING', 'sensitiveCategories');
  const purposes = [...new Set(input.purposes)] as PurposeOfUse[];
  if (purposes.length === 0 || purposes.some((purpose) => !PURPOSE_BASES[purpose].includes('CONSENT')))
    return no('INVALID', 'purposes');
  const period = periodOf(input, now);
  if (period === null) return no('INVALID_PERIOD', 'to');
  return { recipients, categories, purposes, ...period, coversWayBack: input.coversWayBack ?? false };
}

/** With whom and what: each by a name that is one. */
export function namedIn(
  input: Pick<ConsentTermsInput, 'recipients' | 'categories'>,
  departments: readonly Department[],
) {
  const no = (code: Refusal['code'], ...path: string[]) => refused(code, 'terms', ...path).refusal;
  const recipients = input.recipients.map(({ department, organisation, team, division }) => ({
    department: department ?? null,
    organisation: organisation?.trim() ?? null,
    team: team?.trim() ?? null,
    division,
  }));
  if (recipients.length === 0 || recipients.length > MAX_RECIPIENTS || !recipients.every(isNamed))
    return no('INVALID', 'recipients');
  const known = new Map(departments.flatMap(({ categories }) => categories.map((one) => [one.name, one] as const)));
  const categories = [...new Set(input.categories)];
  if (categories.length === 0 || input.categories.length > MAX_CATEGORIES) return no('INVALID', 'categories');
  if (categories.some((name) => !known.has(name))) return no('UNKNOWN_CATEGORY', 'categories');
  return { recipients, categories, known };
}

function isNamed({ department, organisation, team }: Consent['recipients'][number]): boolean {
  const given = [organisation, team].filter((name) => name !== null);
  return (department !== null || given.length > 0) && given.every((name) => isPlainText(name, MAX_NAME));
}

/** A consent is never retroactive: a `from` that is past is now. */
function periodOf({ from, to }: ConsentTermsInput, now: number): { from: string; to: string | null } | null {
  const begin = Math.max(now, from == null ? now : Date.parse(from));
  if (to == null) return { from: new Date(begin).toISOString(), to: null };
  const end = Date.parse(to);
  return end > begin ? { from: new Date(begin).toISOString(), to: new Date(end).toISOString() } : null;
}
