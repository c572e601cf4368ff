import { isWithin } from '../../adapters/shared/division.ts';
import type { Department } from '../../schema/departments.ts';
import type { Caller, PurposeOfUse } from '../shared/caller.ts';
import type { GrantBasis } from '../shared/grant.ts';
import { type CareTeam, type CareTeamMember, groundOf, membersInForce } from './care-team.ts';
import { type Consent, consentInForce, type Recipient } from './consent.ts';
import { activeLinks, type Link } from './crosswalk.ts';
import { PURPOSE_BASES } from './purpose-bases.ts';

/** Who asks, for what, when, of which departments. */
export interface AccessQuestion {
  readonly caller: Caller;
  readonly purpose: PurposeOfUse;
  /** Those of the deployment. */
  readonly departments: readonly Department[];
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** What is known of a person that bears on who may see what. */
export interface AccessFacts extends CareTeam {
  readonly links: readonly Link[];
}

interface DepartmentAccess {
  readonly department: Department;
  /** Slug → basis, of those categories that have one and that the token has the scope for. */
  readonly categories: Readonly<Record<string, GrantBasis>>;
  /** The person's local ids there, as far as units within the caller's jurisdiction keep them. */
  readonly localIds: readonly string[];
}

export interface AccessDecision {
  /** There is some basis. Without any, the person is not there for this caller. */
  readonly visible: boolean;
  /** One entry a department, in the question's order. */
  readonly departments: readonly DepartmentAccess[];
}

/**
 * May this caller see this person, and which categories, on what basis? Default deny. Whether a department other than
 * the caller's own knows the person bears on nothing here: its local ids are looked up only after the decision.
 */
export function decideAccess(question: AccessQuestion, facts: AccessFacts): AccessDecision {
  const links = linksWithin(question, facts.links);
  const own = ownLinks(question, facts.links);
  const bases: readonly (readonly [GrantBasis, ReadonlySet<string>])[] = [
    ['OWN_RECORD', own.length === 0 ? new Set<string>() : categoriesOf(question, question.caller.department)],
    ['CARE_TEAM', teamCategories(question, facts)],
    ['CONSENT', consentedCategories(question, facts.consents)],
  ];
  const usable = allowed(question) ? bases.filter(([basis]) => PURPOSE_BASES[question.purpose].includes(basis)) : [];
  const scopes = new Set(question.caller.scopes);
  return {
    visible: usable.some(([, categories]) => categories.size > 0),
    departments: question.departments.map((department) => {
      const granted = department.categories.flatMap(({ slug, name, scope }) => {
        const basis = scopes.has(scope) ? usable.find(([, categories]) => categories.has(name))?.[0] : undefined;
        return basis === undefined ? [] : [[slug, basis] as const];
      });
      return {
        department,
        categories: Object.fromEntries(granted),
        localIds:
          granted.length === 0
            ? []
            : links.filter((link) => link.department === department.code).map(({ localId }) => localId),
      };
    }),
  };
}

/** The token allows the purpose and names a jurisdiction; a person's own token has its own bases. */
function allowed({ caller, purpose }: AccessQuestion): boolean {
  return caller.purposes.includes(purpose) && caller.division !== null && caller.personId === null;
}

function within(division: string, { caller }: Pick<AccessQuestion, 'caller'>): boolean {
  return caller.division !== null && isWithin(division, caller.division);
}

/** Where the caller's own department keeps a record of the person, within the caller's jurisdiction. */
export function ownLinks(question: Pick<AccessQuestion, 'caller'>, links: readonly Link[]): readonly Link[] {
  return linksWithin(question, links).filter(({ department }) => department === question.caller.department);
}

/** Under every basis: what another district keeps is not this caller's to see, whoever agreed to what. */
function linksWithin(question: Pick<AccessQuestion, 'caller'>, links: readonly Link[]): readonly Link[] {
  return activeLinks(links).filter(({ division }) => within(division, question));
}

function categoriesOf({ departments }: AccessQuestion, code: string | null): ReadonlySet<string> {
  return new Set(departments.find((one) => one.code === code)?.categories.map(({ name }) => name));
}

/** A named worker of the organisation that the member was named for, while the ground of the membership stands. */
function teamCategories(question: AccessQuestion, facts: AccessFacts): ReadonlySet<string> {
  const { caller, now } = question;
  const mine = membersInForce(facts, now).filter(
    (member) =>
      member.worker === caller.subject &&
      member.organisation === caller.organisation &&
      within(member.division, question),
  );
  return new Set(mine.flatMap((member) => coveredCategories(member, facts, question)));
}

/**
 * A consent covers what it names, for its purposes, for a member whose team, organisation or department it names (PIPL
 * art. 23: each recipient by name); a statutory duty covers all.
 */
function coveredCategories(member: CareTeamMember, facts: AccessFacts, question: AccessQuestion): readonly string[] {
  const ground = groundOf(member, facts);
  if (ground === null) return [];
  if (ground === 'STATUTORY_DUTY') return member.categories;
  const { purposes, recipients, categories } = ground;
  const named = recipients.some((recipient) => names(recipient, question, member.team));
  return named && purposes.includes(question.purpose)
    ? member.categories.filter((one) => categories.includes(one))
    : [];
}

function consentedCategories(question: AccessQuestion, consents: readonly Consent[]): ReadonlySet<string> {
  const mine = consents.filter(
    (consent) =>
      consentInForce(consent, question.now) &&
      consent.purposes.includes(question.purpose) &&
      consent.recipients.some((recipient) => names(recipient, question, null)),
  );
  return new Set(mine.flatMap(({ categories }) => categories));
}

/** A recipient is who all its names fit; one that names a team means its members, never the whole of their organisation. */
function names(
  { department, organisation, team, division }: Recipient,
  question: AccessQuestion,
  memberOf: string | null,
): boolean {
  const { caller } = question;
  return (
    (department === null || department === caller.department) &&
    (organisation === null || organisation === caller.organisation) &&
    (team === null || team === memberOf) &&
    (department !== null || organisation !== null || team !== null) &&
    within(division, question)
  );
}
