import type { PersonFacts, Row, World } from '../world/facts.ts';
import type { Asking, Basis } from './asking.ts';
import { type Reason, RULES } from './bases.ts';
import { CLOSED_TO_EMPLOYERS, CUSTODIAN, DEPARTMENTS } from './departments.ts';
import { CROSSES_JURISDICTION, isInJurisdiction } from './jurisdiction.ts';
import { BASES_OF_PURPOSE } from './purposes.ts';
import { isShownUnder } from './shown-rows.ts';

/** What may be seen of one person by this caller. */
export interface Decision {
  /** Without any reason, the person is as good as unknown. */
  readonly visible: boolean;
  /** By which there is something to see, whatever the token's scopes show of it. */
  readonly bases: ReadonlySet<Basis>;
  /** Category → every reason to see it, for those that the token has the scope for. */
  readonly reasons: ReadonlyMap<string, readonly Reason[]>;
}

/** Both questions of domain, section 4, for every category; the order of reasons says nothing. */
export function decide(asking: Asking, person: PersonFacts, world: World): Decision {
  const reasons = reasonsOf(asking, person, world);
  const byCategory = new Map<string, readonly Reason[]>();
  for (const category of DEPARTMENTS.flatMap(({ slug, categories }) =>
    Object.keys(categories).map((c) => `${slug}:${c}`),
  )) {
    if (!asking.scopes.includes(`${category}:read`)) continue;
    const open = reasons.filter((one) => one.categories.includes(category) && mayRead(category, one.basis, asking));
    if (open.length > 0) byCategory.set(category, open);
  }
  return { visible: reasons.length > 0, bases: new Set(reasons.map(({ basis }) => basis)), reasons: byCategory };
}

function reasonsOf(asking: Asking, person: PersonFacts, world: World): readonly Reason[] {
  if (!asking.purposes.includes(asking.purpose)) return [];
  return (BASES_OF_PURPOSE[asking.purpose] ?? [])
    .filter((basis) => (basis === 'SELF') === (asking.personId !== null))
    .filter((basis) => basis === 'SELF' || asking.division !== null)
    .flatMap((basis) => RULES[basis](asking, person, world).map((reason) => ({ basis, ...reason })))
    .filter(({ categories }) => categories.length > 0);
}

/** Bases that name their reader; the others mean a whole department or institution. */
const NAMES_ITS_READER: ReadonlySet<Basis> = new Set(['CARE_TEAM', 'EMERGENCY', 'SELF']);

function mayRead(category: string, basis: Basis, { roles, department, personId }: Asking): boolean {
  if (CLOSED_TO_EMPLOYERS.includes(category) && department === null && personId === null) return false;
  return !CUSTODIAN.includes(category) || NAMES_ITS_READER.has(basis) || roles.includes('designated-staff');
}

export interface SeenCategory {
  readonly rows: readonly Row[];
  /** For others than the owner, "known, nothing to show" is as good as not known. */
  readonly known: boolean;
}

/** The records of one category that these reasons reach: each record that at least one of them shows. */
export function seenOf(
  category: string,
  { reasons, person, asking, world }: { reasons: readonly Reason[]; person: PersonFacts; asking: Asking; world: World },
): SeenCategory {
  const department = DEPARTMENTS.find(({ slug }) => category.startsWith(`${slug}:`))?.code;
  const register = world.records[category] ?? {};
  const rows: Row[] = [];
  let known = false;
  for (const link of person.links.filter((one) => one.department === department && !one.undone)) {
    const reaching = reasons.filter(
      ({ basis }) => CROSSES_JURISDICTION.includes(basis) || isInJurisdiction(link.division, asking),
    );
    const kept = register[link.localId];
    if (kept === undefined || reaching.length === 0) continue;
    const shown = kept.filter((row) => reaching.some(({ basis }) => isShownUnder(basis, row)));
    rows.push(...shown);
    known ||= shown.length > 0 || reaching.some(({ basis }) => basis === 'OWN_RECORD');
  }
  return { rows, known };
}
