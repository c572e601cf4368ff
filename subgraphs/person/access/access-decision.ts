import { isWithin } from '../../../adapters/shared/division.ts';
import type { DataCategory, Department } from '../../../schema/departments.ts';
import type { Caller } from '../../shared/caller.ts';
import type { AccessBasis } from '../../shared/grant.ts';
import { activeLinks, type Link } from '../crosswalk.ts';
import type { AccessFacts, AccessQuestion, Opened, Standing } from './access-question.ts';
import { BASIS_LIMITS } from './basis-limits.ts';
import { BASIS_RULES } from './basis-rules.ts';
import { PURPOSE_BASES } from './purpose-bases.ts';

/** Categories of one department that one basis opens, and the records that it reaches. */
export interface AccessPart extends Standing {
  /** Slugs. */
  readonly categories: readonly string[];
  readonly localIds: readonly string[];
}

export interface DepartmentAccess {
  readonly department: Department;
  /** Slug → why, of those categories that have a basis and that the token has the scope for. */
  readonly categories: Readonly<Record<string, Standing>>;
  /** The same with the person's local ids there. Two parts may open one category, never the same local id. */
  readonly parts: readonly AccessPart[];
}

export interface AccessDecision {
  /** There is some basis. Without any, the person is not there for this caller. */
  readonly visible: boolean;
  /** Every basis that opens something, with each ground that it stands on, whatever the token's scopes show of it. */
  readonly standings: readonly Standing[];
  /** One entry a department, in the question's order. */
  readonly departments: readonly DepartmentAccess[];
  /** Records that a unit outside the caller's jurisdiction keeps were opened by an emergency. For the audit record only. */
  readonly crossesJurisdiction: boolean;
}

/** What is the same for all departments of one decision. */
interface Deciding {
  readonly usable: Usable;
  readonly links: readonly Link[];
  readonly scopes: ReadonlySet<string>;
}

type Usable = readonly (readonly [AccessBasis, Opened])[];

/**
 * May this caller see this person, and which categories, on what basis? Default deny. Whether a department other than
 * the caller's own knows the person bears on nothing here: its local ids are looked up only after the decision.
 */
export function decideAccess(question: AccessQuestion, facts: AccessFacts): AccessDecision {
  const usable = usableBases(question, facts);
  const links = activeLinks(facts.links);
  const scopes = new Set(question.caller.scopes);
  const standings = usable.flatMap(([basis, opened]) =>
    [...new Set(opened.values())].map((ground) => ({ basis, ground })),
  );
  const visible = standings.length > 0;
  const departments = question.departments.map((department) =>
    visible
      ? departmentAccess(question, { department, usable, links, scopes })
      : { department, categories: {}, parts: [] },
  );
  const beyond = new Set(links.filter((link) => !isOurs(link, question)).map(keyOf));
  const crossesJurisdiction = departments.some(({ department, parts }) =>
    parts.some(
      ({ basis, localIds }) =>
        basis === 'EMERGENCY' &&
        localIds.some((localId) => beyond.has(keyOf({ department: department.code, localId }))),
    ),
  );
  return { visible, standings, departments, crossesJurisdiction };
}

/** The bases of this purpose that this bearer may have, in the order of their table. */
function usableBases(question: AccessQuestion, facts: AccessFacts): Usable {
  const { caller, purpose } = question;
  if (!caller.purposes.includes(purpose)) return [];
  const bearer = caller.personId === null ? 'STAFF' : 'PERSON';
  // A token without a jurisdiction has none at all, never "everywhere".
  if (bearer === 'STAFF' && caller.division === null) return [];
  return (Object.keys(BASIS_LIMITS) as AccessBasis[])
    .filter((basis) => PURPOSE_BASES[purpose].includes(basis) && BASIS_LIMITS[basis].bearer === bearer)
    .map((basis) => [basis, BASIS_RULES[basis](question, facts)] as const);
}

function departmentAccess(
  question: AccessQuestion,
  { department, usable, links, scopes }: Deciding & { department: Department },
): DepartmentAccess {
  const kept = links.filter((link) => link.department === department.code);
  const ours = localIds(kept.filter((link) => isOurs(link, question)));
  const all = localIds(kept);
  const categories: Record<string, Standing> = {};
  const parts = new Map<string, AccessPart & { readonly categories: string[] }>();
  const add = ({ basis, ground }: Standing, slug: string, ids: readonly string[]) => {
    const key = `${basis} ${ground} ${ids.length}`;
    const part = parts.get(key) ?? { basis, ground, categories: [], localIds: ids };
    part.categories.push(slug);
    parts.set(key, part);
  };
  for (const category of department.categories) {
    const [first, ...others] = standings(category, { caller: question.caller, usable, scopes });
    if (first === undefined) continue;
    categories[category.slug] = first;
    const reachesAll = BASIS_LIMITS[first.basis].crossesJurisdiction;
    add(first, category.slug, reachesAll ? all : ours);
    // Beside the first, another basis counts only for what the first does not reach.
    const wider = reachesAll ? undefined : others.find(({ basis }) => BASIS_LIMITS[basis].crossesJurisdiction);
    const beyond = all.filter((id) => !ours.includes(id));
    if (wider !== undefined && beyond.length > 0) add(wider, category.slug, beyond);
  }
  return { department, categories, parts: [...parts.values()] };
}

/** Every basis that opens this category to this caller, the first of the table first. */
function standings(
  category: DataCategory,
  { caller, usable, scopes }: { caller: Caller; usable: Usable; scopes: ReadonlySet<string> },
): readonly Standing[] {
  if (!scopes.has(category.scope)) return [];
  // An organisation without a department may be the person's employer (domain, section 2).
  if (category.closedToEmployers && caller.department === null && caller.personId === null) return [];
  const designated = caller.roles.includes(DESIGNATED_STAFF);
  return usable.flatMap(([basis, opened]) => {
    const ground = opened.get(category.name);
    if (ground === undefined) return [];
    const open = !category.custodian || designated || BASIS_LIMITS[basis].namesItsReader;
    return open ? [{ basis, ground }] : [];
  });
}

/** Role of those who keep the files. */
export const DESIGNATED_STAFF = 'designated-staff';

const localIds = (links: readonly Link[]) => [...new Set(links.map(({ localId }) => localId))];
const keyOf = ({ department, localId }: Pick<Link, 'department' | 'localId'>) => `${department} ${localId}`;

function isOurs({ division }: Link, { caller }: AccessQuestion): boolean {
  return caller.division !== null && isWithin(division, caller.division);
}
