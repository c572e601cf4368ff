import { maskedName } from '../../adapters/shared/masked-name.ts';
import { isWithin } from '../../adapters/shared/division.ts';
import { ownLinks } from './access/own-links.ts';
import type { Caller } from '../shared/caller.ts';
import { isOnEmergency } from './access/shared-facts.ts';
import { type CareTeam, type CareTeamMember, groundOf, membersInForce } from './care-team.ts';
import { actingGuardians } from './guardianship/guardianship.ts';
import { shanghaiDay } from '../../adapters/shared/shanghai-day.ts';
import { lifeStages } from './life-stages.ts';
import type { PersonContext } from './person-context.ts';
import type { VisiblePerson } from './visible-persons.ts';

/** A person that the caller may see; `facets` is what `@requires` brought from the departments, if anything. */
export interface ShownPerson extends VisiblePerson {
  readonly facets?: Readonly<Record<string, unknown>>;
}

interface Now {
  readonly reads: Pick<PersonContext['reads'], 'now'>;
}

interface Here extends Now {
  readonly request: Pick<PersonContext['request'], 'caller'>;
}

/** The fields of `Person` that come from the hub itself. */
export const personFields = {
  id: ({ person }: ShownPerson) => person.id,
  maskedName: ({ person }: ShownPerson) => maskedName(person.data.name),
  name: ({ person }: ShownPerson) => person.data.name,
  sex: ({ person }: ShownPerson) => person.data.sex,
  birthDate: ({ person }: ShownPerson) => person.data.birthDate,
  division: ({ person }: ShownPerson) => person.data.division,
  lifeStages: (shown: ShownPerson, _args: unknown, { reads }: PersonContext) =>
    lifeStages(shown.person.data, { today: shanghaiDay(reads.now()), visible: isGranted(shown) }),
  localIds: ({ person }: ShownPerson, _args: unknown, { request }: PersonContext) =>
    ownLinks(request, person.data.links),
  // Without the suspended ones: that a guardian is the suspect of a report is for those whom the report goes to.
  guardianships: ({ facts }: ShownPerson, _args: unknown, { reads }: Now) => actingGuardians(facts, reads.now()),
  careTeam: ({ facts }: ShownPerson, _args: unknown, { reads, request }: Here) =>
    membersInForce(facts, reads.now()).filter((member) => isToldOf(member, facts, request.caller)),
  access: ({ access }: ShownPerson) =>
    access.departments.flatMap(({ department, categories }) =>
      Object.entries(categories).map(([slug, { basis }]) => ({
        department: department.code,
        category: `${department.slug}:${slug}`,
        basis,
      })),
    ),
};

/**
 * Staff, of those in their jurisdiction; the person and the guardian, who have none, of all but whom a running emergency
 * brought in: of that they are told after its end (PIPL art. 18).
 */
function isToldOf(member: CareTeamMember, facts: CareTeam, { personId, division }: Caller): boolean {
  if (personId === null) return division !== null && isWithin(member.division, division);
  const ground = groundOf(member, facts);
  return ground?.kind !== 'REFERRAL' || !isOnEmergency(ground.referral);
}

function isGranted({ access }: ShownPerson): (category: string) => boolean {
  const granted = new Set(
    access.departments.flatMap(({ department, categories }) =>
      Object.keys(categories).map((slug) => `${department.slug}:${slug}`),
    ),
  );
  return (category) => granted.has(category);
}
