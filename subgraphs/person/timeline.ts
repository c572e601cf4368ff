import { GraphQLError } from 'graphql';
import { z } from 'zod';
import type { Department } from '../../schema/departments.ts';
import type { PersonTimelineArgs } from '../../schema/generated/api-types.ts';
import { pageSize } from '../shared/connection.ts';
import { type HubEvents, REFERRALS_CATEGORY } from './hub-events.ts';
import type { PersonContext } from './person-context.ts';
import type { ShownPerson } from './person-fields.ts';

const MAX_PAGE = 200;

const eventSchema = z.object({
  date: z.string(),
  department: z.string(),
  category: z.string(),
  code: z.string(),
  title: z.string(),
  organisation: z.string().nullish(),
});
type TimelineEvent = z.infer<typeof eventSchema>;

/** What `@requires` brings of one department. */
const facetSchema = z
  .object({
    source: z.object({ status: z.string() }).nullish(),
    events: z.array(eventSchema).nullish(),
    truncatedBefore: z.string().nullish(),
  })
  .nullish();
type Facet = z.infer<typeof facetSchema>;

/**
 * The departments' events and the hub's own as one page, newest first, and what is missing from it. The departments have
 * cut theirs to the grant already.
 */
export function timelineField(departments: readonly Department[], hubEvents: HubEvents) {
  return async (
    { person, facets = {}, access }: ShownPerson,
    { first, after = null }: PersonTimelineArgs,
    { request }: Pick<PersonContext, 'request'>,
  ) => {
    const own = (await hubEvents(person.id, request)).map((event) => ({ ...event, category: REFERRALS_CATEGORY }));
    const parts = departments.map((department) => ({
      department,
      facet: facetSchema.parse(facets[department.field]),
      granted: access.departments.some(
        (one) => one.department.slug === department.slug && Object.keys(one.categories).length > 0,
      ),
    }));
    const events = [...parts.flatMap(({ facet }) => facet?.events ?? []), ...own]
      .map((event) => ({ event, key: keyOf(event) }))
      .sort((a, b) => (a.key < b.key ? 1 : a.key > b.key ? -1 : 0));
    const numbered = withDistinctKeys(events);
    const from = after === null ? 0 : startAfter(numbered, after);
    const edges = numbered
      .slice(from, from + pageSize(first, { most: MAX_PAGE }))
      .map(({ key, event }) => ({ cursor: encode(key), node: event }));
    return {
      edges,
      pageInfo: {
        hasNextPage: from + edges.length < events.length,
        hasPreviousPage: from > 0,
        startCursor: edges[0]?.cursor ?? null,
        endCursor: edges.at(-1)?.cursor ?? null,
      },
      gaps: parts.flatMap((part) => gapsOf(part)),
    };
  };
}

/** Orders by date, then by everything else, so that a cursor means the same place the next time. */
function keyOf({ date, department, category, code, title, organisation }: TimelineEvent): string {
  return [date, department, category, code, title, organisation ?? ''].join('\u0000');
}

/** Two events may be alike to the letter; a number tells them apart. */
function withDistinctKeys(events: readonly { event: TimelineEvent; key: string }[]) {
  let run = 0;
  return events.map(({ event, key }, i) => {
    run = i > 0 && events[i - 1]?.key === key ? run + 1 : 0;
    return { event, key: `${key}\u0000${run}` };
  });
}

/** Events that came or went since the last page do not move the cursor: it names a place in the order, not a count. */
function startAfter(events: readonly { key: string }[], after: string): number {
  const cursor = decode(after);
  const [base, run] = splitRun(cursor);
  const next = events.findIndex(({ key }) => {
    const [otherBase, otherRun] = splitRun(key);
    return otherBase < base || (otherBase === base && otherRun > run);
  });
  return next < 0 ? events.length : next;
}

function splitRun(key: string): readonly [string, number] {
  const at = key.lastIndexOf('\u0000');
  return [key.slice(0, at), Number(key.slice(at + 1))];
}

const encode = (key: string): string => Buffer.from(key).toString('base64url');

function decode(cursor: string): string {
  const key = Buffer.from(cursor, 'base64url').toString();
  if (!key.includes('\u0000') || !/^\d+$/.test(key.slice(key.lastIndexOf('\u0000') + 1)))
    throw new GraphQLError('This cursor is not one of the timeline; give back a cursor as it was answered.', {
      extensions: { code: 'BAD_USER_INPUT' },
    });
  return key;
}

function gapsOf({ department, facet, granted }: { department: Department; facet: Facet; granted: boolean }) {
  const gap = (reason: string, before: string | null = null) => ({ department: department.code, reason, before });
  if (!granted) return [gap('NOT_PERMITTED')];
  if (facet === null || facet === undefined) return [gap('UNAVAILABLE')];
  return [
    ...(facet.source?.status === 'PARTIAL' ? [gap('UNAVAILABLE')] : []),
    ...(facet.truncatedBefore ? [gap('TRUNCATED', facet.truncatedBefore)] : []),
  ];
}
