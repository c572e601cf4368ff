import type { PersonFacts } from '../world/facts.ts';
import { ageOf, dayOf, LIFE_STAGES, STAGE_OF_EVENT, STAGES_OF_AGE } from './ages.ts';
import { decide, type Decision } from './decision.ts';
import { CATEGORIES, DEPARTMENTS } from './departments.ts';
import { facetOf, type Noting, type Seen } from './facet.ts';
import { actingGuardians, consentStands, isDayBetween, referralShares } from './in-force.ts';
import { isInJurisdiction } from './jurisdiction.ts';
import { oneOf } from './marks.ts';
import { type Args, type Node, plain, type Walk } from './nodes.ts';
import { isToldOf } from './referral-sides.ts';
import { mayCross } from './may-cross.ts';
import { timelineOf } from './timeline.ts';

/** The person as this caller may see them; `null` = not there, or no basis: both alike. */
export function personNode(walk: Walk, person: PersonFacts | undefined): Node | null {
  if (person === undefined) return null;
  const { asking, world, shown } = walk;
  const decision = decide(asking, person, world);
  const own = shown.ofPerson(person.id, decision.visible);
  if (!decision.visible) return null;
  own.crosses.possible ||= mayCross(decision, person, asking);
  const note = (coordinate: string) => void own.coordinates.add(coordinate);
  const noting: Noting = {
    ...walk,
    noteCategory: (_id, category) => void own.categories.set(category, reasonsFor(category, { decision, walk })),
  };
  const seen: Seen = { person, decision, note };
  const { id, name, sex, birthDate, division } = person;
  return {
    note,
    fields: {
      id,
      name,
      sex,
      birthDate,
      division,
      maskedName: `${name.charAt(0)}**`,
      lifeStages: lifeStagesOf(seen, walk),
      localIds: localIdsOf(seen, walk),
      guardianships: actingGuardians(person, world).map(({ guardianId, from, to }) =>
        plain({ guardianId, kind: 'PARENT', from, to, suspended: false }, note),
      ),
      careTeam: careTeamOf(seen, walk),
      access: CATEGORIES.filter((category) => decision.reasons.has(category)).map((category) =>
        plain(accessTo(category, decision), note),
      ),
      timeline: (args: Args) => timelineOf(seen, noting, args),
      ...Object.fromEntries(
        DEPARTMENTS.map((department) => [department.field, () => facetOf(department, seen, noting)]),
      ),
    },
  };
}

/** That a referral is there a side sees by being one; the person, by being the person. */
function reasonsFor(category: string, { decision, walk }: { decision: Decision; walk: Walk }) {
  if (category !== 'hub:referrals') return decision.reasons.get(category) ?? [];
  return [{ basis: walk.asking.personId === null ? ('REFERRAL' as const) : ('SELF' as const), ground: null }];
}

function accessTo(category: string, { reasons }: Decision) {
  const bases = [...new Set((reasons.get(category) ?? []).map(({ basis }) => basis))];
  const department = DEPARTMENTS.find(({ slug }) => category.startsWith(`${slug}:`))?.code ?? '';
  return { department, category, basis: oneOf(...bases) };
}

/** Domain, section 3: a stage that follows from a department's record shows only to who may see that record. */
function lifeStagesOf({ person, decision }: Seen, { world: { now } }: Walk): readonly string[] {
  const age = ageOf(person.birthDate, now);
  const ofAge = STAGES_OF_AGE.filter(([, from, below]) => age !== null && age >= from && age < below).map(
    ([stage]) => stage,
  );
  const ofEvents = person.lifeEvents
    .filter(({ date, shownBy }) => date <= dayOf(now) && (shownBy === null || decision.reasons.has(shownBy)))
    .map(({ kind }) => STAGE_OF_EVENT[kind]);
  const stages = new Set([...ofAge, ...ofEvents]);
  return LIFE_STAGES.filter((stage) => stages.has(stage));
}

const localIdsOf = ({ person, note }: Seen, { asking }: Walk): readonly Node[] =>
  person.links
    .filter(
      ({ department, division, undone }) =>
        !undone && department === asking.department && isInJurisdiction(division, asking),
    )
    .map(({ department, localId }) => plain({ department, localId }, note));

/**
 * Who is in the team now: to staff, in their jurisdiction; to the person and the guardian all but whom a running emergency
 * brought in, of which they are told after its end.
 */
function careTeamOf({ person, note }: Seen, { asking, world }: Walk): readonly Node[] {
  const { now, referrals } = world;
  const stands = person.team.filter((member) => {
    const { ground } = member;
    if (!isDayBetween(member, now)) return false;
    if (ground.kind === 'STATUTORY_DUTY') return true;
    if (ground.kind === 'CONSENT')
      return person.consents.some((one) => one.id === ground.consentId && consentStands(one, now));
    return referrals.some((one) => one.id === ground.referralId && referralShares(one, person, now));
  });
  return stands
    .filter(({ division, ground }) => {
      if (asking.personId === null) return isInJurisdiction(division, asking);
      return referrals.every((one) => ground.kind !== 'REFERRAL' || one.id !== ground.referralId || isToldOf(one, now));
    })
    .map(({ organisation, categories, from, to }) =>
      plain({ organisation, role: 'case-manager', categories, from, to, lead: false }, note),
    );
}
