import type { ConsentFacts, PersonFacts } from '../world/facts.ts';
import type { Asking } from './asking.ts';
import { decide, type Decision } from './decision.ts';
import { mayCross } from './may-cross.ts';
import { type Node, plain, type Walk } from './nodes.ts';
import { isNamed } from './recipients.ts';

/**
 * A person's consents: all to the person and the guardian; to a department that has a basis which lasts, those that name
 * it. `null` for everybody else, whether the person is there or not.
 */
export function consentsOf(walk: Walk, root: string, person: PersonFacts | undefined): readonly Node[] | null {
  if (person === undefined) return null;
  const { asking, world, shown } = walk;
  const decision = decide(asking, person, world);
  const own = shown.ofPerson(person.id, decision.visible);
  if (!hasStanding(asking, decision)) return null;
  own.crosses.possible ||= mayCross(decision, person, asking);
  own.roots.add(root);
  own.coordinates.add(root);
  const note = (coordinate: string) => {
    own.coordinates.add(coordinate);
    shown.beside(root, coordinate);
  };
  return person.consents
    .filter(({ recipients }) => asking.personId !== null || isNamed(asking, recipients))
    .map((one) => consentNode(one, world.now, note));
}

/** docs/decisions/seeing-is-not-acting.md: of three hours of emergency nothing comes that lasts. */
function hasStanding({ personId, department }: Asking, { visible, bases }: Decision): boolean {
  if (personId !== null) return visible;
  return department !== null && [...bases].some((basis) => basis !== 'EMERGENCY');
}

function consentNode(consent: ConsentFacts, nowMs: number, note: Node['note']): Node {
  const { id, recipients, categories, purposes, from, to, withdrawn } = consent;
  const withdrawnAt = withdrawn ? WITHDRAWN_AT : null;
  const said = { id, recipients, categories, purposes, from, to, withdrawnAt, coversWayBack: false };
  return plain({ ...said, status: statusOf(consent, nowMs) }, note);
}

/** Of every withdrawal of the worlds. */
export const WITHDRAWN_AT = '2026-01-01T00:00:00.000Z';

function statusOf({ withdrawn, complete, from, to }: ConsentFacts, nowMs: number): string {
  if (withdrawn) return 'WITHDRAWN';
  if (to !== null && nowMs >= Date.parse(to)) return 'EXPIRED';
  if (!complete) return 'PENDING';
  return nowMs < Date.parse(from) ? 'FUTURE' : 'ACTIVE';
}
