import type { Party, PersonFacts, ReferralFacts } from '../world/facts.ts';
import { detailsOf } from '../world/referral-details.ts';
import { ageBandOf } from './age-bands.ts';
import type { Reason } from './bases.ts';
import { groundStands, isLongFinished } from './in-force.ts';
import { type Node, plain, type Walk } from './nodes.ts';
import { personNode } from './person.ts';
import { decide } from './decision.ts';
import { isToldOf, type Side, sidesOf } from './referral-sides.ts';

/** Under which a record names a referral that was shown. */
export const referralCategory = (id: string): string => `hub:referrals:${id}`;

/** `null` for whoever is no side of it: not there and not theirs look alike. `root` is the field of the query that it is under. */
export function referralNode(walk: Walk, root: string, referral: ReferralFacts | undefined): Node | null {
  if (referral === undefined) return null;
  const { world, shown } = walk;
  const person = world.persons.find(({ id }) => id === referral.personId);
  if (person === undefined) return null;
  const roles = rolesIn(walk, referral, person);
  if (roles.length === 0) return null;
  const own = shown.ofPerson(person.id, roles.includes('PERSON'));
  own.roots.add(root);
  own.coordinates.add(root);
  const open = !roles.every((one) => one === 'TARGET') || isOpenToTarget(referral, person, world.now);
  if (open) own.categories.set(referralCategory(referral.id), [reasonOf(referral, roles)]);
  const note = (coordinate: string) => {
    own.coordinates.add(coordinate);
    own.referrals.add(referral.id);
    shown.beside(root, coordinate);
  };
  // Whom it is about, and what is shared: to the target from acceptance on, and as long as it shares.
  const knows = open && (!roles.every((one) => one === 'TARGET') || referral.acceptedAt !== null);
  const isParty = roles.includes('REQUESTER') || roles.includes('TARGET');
  const withheld = referral.reporterWithheld && !roles.includes('REQUESTER');
  const read = isParty && open;
  const details = detailsOf(referral);
  const { id, kind, state, requester, target, reason, ground, createdAt, acceptedAt, endedAt, finishedAt } = referral;
  const other = (wanted: (one: ReferralFacts) => boolean) => world.referrals.filter(wanted);
  return {
    note,
    fields: {
      id,
      kind,
      state,
      priority: kind === 'SERVICE' ? 'ROUTINE' : 'CRISIS',
      requester: withheld ? null : plain(partyOf(requester), note),
      target: plain(partyOf(target), note),
      reasonCode: 'MOOD',
      reason: read ? reason : null,
      ageBand: ageBandOf(person.birthDate, world.now),
      division: roles.includes('TARGET') || knows ? person.division : null,
      subject: () => (knows ? personNode(walk, person) : null),
      categories: knows ? referral.categories : null,
      basis: ground.kind,
      basisStands: groundStands(referral, person, world.now),
      basedOn: () => (withheld ? null : referralNode(walk, root, other((one) => one.id === referral.basedOn)[0])),
      onward: () => other((one) => one.basedOn === id).flatMap((one) => referralNode(walk, root, one) ?? []),
      createdAt,
      acceptedAt,
      endedAt: endedAt ?? finishedAt,
      yourRoles: roles,
      version: 1,
      ...detailsFor(details, { knows, isParty, read, note }),
    },
  };
}

interface Reading {
  /** Whom it is about, and what is shared. */
  readonly knows: boolean;
  /** One of the two sides, and no person. */
  readonly isParty: boolean;
  /** What it says about the person, which "is seen by the two departments only" (domain, section 5). */
  readonly read: boolean;
  readonly note: Node['note'];
}

/** Domain, section 5: to the two sides what they write to each other; that there was one, how it stands and when, to all. */
function detailsFor(
  { rejection, advice, endingReason, dischargeAssessment, message, followUp, ...details }: ReturnType<typeof detailsOf>,
  { knows, isParty, read, note }: Reading,
): Node['fields'] {
  const text = (one: string) => (read ? one : null);
  return {
    loopClosedAt: details.loopClosedAt,
    outcome: details.outcome,
    appointment: plain(details.appointment, note),
    history: [plain(details.history, note)],
    rejection: plain({ ...rejection, reason: text(rejection.reason) }, note),
    advice: text(advice),
    endingReason: text(endingReason),
    dischargeAssessment: knows
      ? plain({ ...dischargeAssessment, summary: text(dischargeAssessment.summary) }, note)
      : null,
    platformNumber: knows ? details.platformNumber : null,
    attachments: knows && isParty ? details.attachments.map((one) => plain(one, note)) : null,
    messages: isParty ? [plain({ ...message, text: text(message.text) }, note)] : null,
    followUps: isParty ? [plain({ ...followUp, text: text(followUp.text) }, note)] : null,
  };
}

const partyOf = ({ department, division }: Party) => ({ department, division });

function rolesIn(walk: Walk, referral: ReferralFacts, person: PersonFacts): readonly (Side | 'PERSON')[] {
  const { asking, world } = walk;
  if (asking.personId === null) return sidesOf(asking, referral);
  if (asking.purpose !== 'SELF_ACCESS' || !isToldOf(referral, world.now)) return [];
  return decide(asking, person, world).visible ? ['PERSON'] : [];
}

/** To the target as long as it shares or may come to: until seven days after its end, at once no more when it broke off. */
function isOpenToTarget(referral: ReferralFacts, person: PersonFacts, nowMs: number): boolean {
  return referral.endedAt === null && !isLongFinished(referral, nowMs) && groundStands(referral, person, nowMs);
}

function reasonOf({ id, kind }: ReferralFacts, roles: readonly string[]): Pick<Reason, 'basis' | 'ground'> {
  const report = kind === 'MANDATORY_REPORT';
  const ground = `${report ? 'report' : 'referral'}:${id}`;
  if (roles.includes('PERSON')) return { basis: 'SELF', ground };
  if (roles.includes('REQUESTER')) return { basis: 'OWN_RECORD', ground };
  return { basis: report ? 'MANDATORY_REPORT' : 'REFERRAL', ground };
}
