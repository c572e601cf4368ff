import { DEPARTMENTS } from './departments.ts';
import { type Event, eventNode, eventsOf, grantedOf, type Noting, type Seen } from './facet.ts';
import { anything } from './marks.ts';
import { type Args, type Node, plain, type Walk } from './nodes.ts';
import { dayOf } from './ages.ts';
import { isToldOf, sidesOf } from './referral-sides.ts';

const DEFAULT_PAGE = 20;
const LARGEST_PAGE = 200;
const OF_REFERRALS = 'hub:referrals';

/** What the departments show and the hub's own events as one page, newest first, with what is missing from it. */
export function timelineOf(seen: Seen, walk: Noting, { first }: Args): Node {
  const { note, person, decision } = seen;
  const events = [...DEPARTMENTS.flatMap((one) => eventsOf(one, seen, walk)), ...referralEvents(seen, walk)].sort(
    (a, b) => compared(b, a),
  );
  const page = events.slice(0, typeof first === 'number' ? Math.min(first, LARGEST_PAGE) : DEFAULT_PAGE);
  const edges = page.map((event) => ({
    note,
    fields: { cursor: anything(), node: () => eventNode(event, { note, walk, id: person.id }) },
  }));
  const cursor = edges.length === 0 ? null : anything();
  return {
    note,
    fields: {
      edges,
      pageInfo: plain(
        { hasNextPage: page.length < events.length, hasPreviousPage: false, startCursor: cursor, endCursor: cursor },
        note,
      ),
      gaps: DEPARTMENTS.filter((one) => grantedOf(one, decision).length === 0).map(({ code }) =>
        plain({ department: code, reason: 'NOT_PERMITTED', before: null }, note),
      ),
    },
  };
}

const compared = (a: Event, b: Event): number => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0);
const key = ({ date, department, category }: Event): string => `${date} ${department} ${category}`;

/**
 * Of a person's referrals: to their two sides, to a target from acceptance on; and to the person. They stand under the
 * target's department, else under the requester's, unless that is withheld.
 */
function referralEvents({ person }: Seen, walk: Walk): readonly Event[] {
  return walk.world.referrals
    .filter((one) => one.personId === person.id && isTold(one, walk))
    .flatMap(({ target, requester, reporterWithheld, createdAt }) => {
      const department = target.department ?? (reporterWithheld ? null : requester.department);
      const date = dayOf(Date.parse(createdAt));
      return department === null ? [] : [{ date, department, category: OF_REFERRALS }];
    });
}

function isTold(referral: Walk['world']['referrals'][number], { asking, world }: Walk): boolean {
  if (asking.personId !== null) return isToldOf(referral, world.now);
  const sides = sidesOf(asking, referral);
  return sides.includes('REQUESTER') || (sides.includes('TARGET') && referral.acceptedAt !== null);
}
