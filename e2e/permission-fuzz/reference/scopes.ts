import { DEPARTMENTS } from './departments.ts';

/** Any one of these scopes opens the field; none = any valid token. */
type Needs = readonly string[];

const IDENTITY: Needs = ['person:identity:read'];

const OF_THE_HUB: Readonly<Record<string, Needs>> = {
  'Person.name': IDENTITY,
  'Person.sex': IDENTITY,
  'Person.birthDate': IDENTITY,
  'Person.division': IDENTITY,
  'Person.localIds': ['person:crosswalk:read'],
  'Person.guardianships': ['person:guardianship:read'],
  'Person.careTeam': ['person:care-team:read'],
  'Query.matchPerson': ['person:match'],
  'Query.consents': ['consent:write'],
  'Query.referral': ['referral:read'],
  'Query.referrals': ['referral:read'],
  'Query.referralCounts': ['referral:read'],
};

/** Domain, section 2: a category's scope is `<department>:<category>:read`; a facet opens with any of its categories'. */
const OF_DEPARTMENTS: Readonly<Record<string, Needs>> = Object.fromEntries(
  DEPARTMENTS.flatMap(({ slug, field, facet, categories }) => {
    const named = Object.entries(categories);
    return [
      [`Person.${field}`, named.map(([name]) => `${slug}:${name}:read`)],
      ...named.map(([name, of]) => [`${facet}.${of}`, [`${slug}:${name}:read`]]),
    ];
  }),
);

/** Field → the scopes that it takes, as domain.md and the directives of the SDL say it. */
const SCOPES: Readonly<Record<string, Needs>> = { ...OF_THE_HUB, ...OF_DEPARTMENTS };

export function lacksScope(coordinate: string, scopes: readonly string[]): boolean {
  const needs = SCOPES[coordinate] ?? [];
  return needs.length > 0 && !needs.some((one) => scopes.includes(one));
}
