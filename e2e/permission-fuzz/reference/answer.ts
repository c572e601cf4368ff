import { type DocumentNode, execute, type GraphQLFormattedError, type GraphQLResolveInfo, Kind, parse } from 'graphql';
import { apiSchema } from '../api-schema.ts';
import type { PersonFacts, ReferralFacts, World } from '../world/facts.ts';
import { PARTIES } from '../world/pools.ts';
import { detailsOf } from '../world/referral-details.ts';
import type { Asking } from './asking.ts';
import { consentsOf } from './consents.ts';
import { decide } from './decision.ts';
import { actingGuardians } from './in-force.ts';
import { anything } from './marks.ts';
import { type Args, type Node, plain, resolveField, type Walk } from './nodes.ts';
import { personNode } from './person.ts';
import { PURPOSES_OF_REFERRALS } from './purposes.ts';
import { isSide } from './recipients.ts';
import { isToldOf, sidesOf } from './referral-sides.ts';
import { referralNode } from './referral.ts';
import { nothingShown, type Shown } from './shown.ts';

/** What may be answered, and what that shows of whom. */
export interface ExpectedAnswer {
  readonly data: unknown;
  readonly errors: readonly GraphQLFormattedError[];
  readonly shown: Shown;
  /** `__typename` alone: no record of it has to be. */
  readonly asksNothing: boolean;
}

/**
 * Walks an operation as it was asked, field by field, over the facts of the world: graphql-js does the walking, and every
 * field is decided when it is met. Slow, and with nothing of the hub in it.
 */
export async function expectedAnswer(
  { text, variables }: { text: string; variables: Readonly<Record<string, unknown>> },
  { asking, world }: { asking: Asking; world: World },
): Promise<ExpectedAnswer> {
  const shown = nothingShown();
  const walk: Walk = { asking, world, shown };
  const document = parse(text);
  const { data, errors = [] } = await execute({
    schema: apiSchema(),
    document,
    variableValues: variables,
    rootValue: rootOf(walk),
    contextValue: walk,
    fieldResolver: resolveField,
  });
  for (const { originalError, message } of errors)
    if (
      originalError !== undefined &&
      (originalError as { extensions?: { code?: unknown } }).extensions?.code === undefined
    )
      throw new Error(`the reference broke: ${message}`, { cause: originalError });
  return {
    data: JSON.parse(JSON.stringify(data ?? null)),
    errors: errors.map((one) => one.toJSON()),
    shown,
    asksNothing: asksNothing(document),
  };
}

const asksNothing = ({ definitions }: DocumentNode): boolean =>
  definitions.every(
    (one) =>
      one.kind === Kind.OPERATION_DEFINITION &&
      one.selectionSet.selections.every((field) => field.kind === Kind.FIELD && field.name.value === '__typename'),
  );

function rootOf(walk: Walk): Node {
  const { asking, world, shown } = walk;
  const byId = (id: unknown) => world.persons.find((one) => one.id === id);
  const person = (of: (args: Args) => PersonFacts | undefined) => (args: Args) => personNode(walk, of(args));
  return {
    note: (coordinate) => shown.beside(coordinate, coordinate),
    fields: {
      person: person(({ id }) => byId(id)),
      persons: ({ ids }: Args) => (ids as readonly string[]).map((id) => personNode(walk, byId(id))),
      personByLocalId: person(({ localId }) => linkedTo(walk, String(localId))),
      matchPerson: person(({ idNumber }) => world.persons.find((one) => one.idNumber === idNumber)),
      me: person(() => (asking.personId === null ? undefined : byId(asking.personId))),
      myWards: () => wardsOf(walk),
      referral: ({ id }: Args, info: GraphQLResolveInfo) =>
        referralNode(
          walk,
          rootName(info),
          world.referrals.find((one) => one.id === id),
        ),
      referrals: ({ box, filter, order, first }: Args, info: GraphQLResolveInfo) =>
        page(walk, { referrals: inOrder(listOf(walk, String(box)).filter(fitting(filter)), order), first, info }),
      referralCounts: ({ box }: Args, info: GraphQLResolveInfo) => countsOf(walk, String(box), rootName(info)),
      consents: ({ personId }: Args, info: GraphQLResolveInfo) => consentsOf(walk, rootName(info), byId(personId)),
      myConsents: ({ personId }: Args, info: GraphQLResolveInfo) =>
        asking.personId === null ? null : consentsOf(walk, rootName(info), byId(personId ?? asking.personId)),
      myReferrals: ({ personId, first }: Args, info: GraphQLResolveInfo) => {
        const whose = byId(personId ?? asking.personId);
        if (asking.personId === null || whose === undefined || asking.purpose !== 'SELF_ACCESS') return null;
        shown.ofPerson(whose.id, decide(asking, whose, world).visible);
        if (!decide(asking, whose, world).visible) return null;
        const own = world.referrals.filter((one) => one.personId === whose.id && isToldOf(one, world.now));
        return page(walk, { referrals: own.toSorted(byIdOf).toReversed(), first, info, whose: whose.id });
      },
    },
  };
}

const rootName = ({ parentType, fieldName }: GraphQLResolveInfo): string => `${parentType.name}.${fieldName}`;
const byIdOf = (a: ReferralFacts, b: ReferralFacts): number => (a.id < b.id ? -1 : 1);

/** By a local id of the caller's own department, which the token names. */
function linkedTo({ asking, world }: Walk, localId: string): PersonFacts | undefined {
  return world.persons.find(({ links }) =>
    links.some((one) => !one.undone && one.localId === localId && one.department === asking.department),
  );
}

function wardsOf(walk: Walk): readonly Node[] | null {
  const { asking, world } = walk;
  if (asking.personId === null) return null;
  return world.persons
    .filter((one) => actingGuardians(one, world).some(({ guardianId }) => guardianId === asking.personId))
    .flatMap((one) => personNode(walk, one) ?? []);
}

/** What the caller's side received, or sent, for the purpose that is stated; in the order of creation. */
function listOf({ asking, world }: Walk, box: string): readonly ReferralFacts[] {
  const side = box === 'INBOX' ? 'TARGET' : 'REQUESTER';
  return world.referrals.filter((one) => sidesOf(asking, one).includes(side)).toSorted(byIdOf);
}

interface Filter {
  readonly state?: unknown;
  readonly kind?: unknown;
  readonly loopOpen?: unknown;
}

const ENDS_TO_ACKNOWLEDGE: ReadonlySet<string> = new Set(['COMPLETED', 'FAILED', 'REJECTED']);

/** What is asked for may be null, which asks for nothing. */
function fitting(filter: unknown): (one: ReferralFacts) => boolean {
  const { state = null, kind = null, loopOpen = null } = (filter ?? {}) as Filter;
  const isOpen = (one: ReferralFacts) => ENDS_TO_ACKNOWLEDGE.has(one.state) && detailsOf(one).loopClosedAt === null;
  return (one) =>
    (state === null || one.state === state) &&
    (kind === null || one.kind === kind) &&
    (loopOpen === null || isOpen(one) === loopOpen);
}

/** By what is due first come those with a running clock alone: the worlds have none. */
function inOrder(all: readonly ReferralFacts[], order: unknown): readonly ReferralFacts[] {
  if (order === 'DUE_FIRST') return [];
  return order === 'NEWEST_FIRST' ? all.toReversed() : all;
}

const STATES = [
  'REQUESTED',
  'ACCEPTED',
  'IN_PROGRESS',
  'ON_HOLD',
  'COMPLETED',
  'FAILED',
  'REJECTED',
  'CANCELLED',
  'ENTERED_IN_ERROR',
];

/** What is counted is what is listed; `null` for whoever can be no side of anything where and for what they ask. */
function countsOf(walk: Walk, box: string, root: string): readonly Node[] | null {
  const { asking, shown } = walk;
  const purposes = Object.values(PURPOSES_OF_REFERRALS).flat();
  if (!purposes.includes(asking.purpose) || !asking.purposes.includes(asking.purpose)) return null;
  if (!PARTIES.some((one) => isSide(asking, one)) && !isSystem(asking)) return null;
  const listed = listOf(walk, box);
  return STATES.map((state) => {
    const count = listed.filter((one) => one.state === state).length;
    return plain({ state, count }, (coordinate) => shown.beside(root, coordinate));
  });
}

/** Of a department, where there may be nothing of it yet. */
const isSystem = ({ personId, department, division, roles }: Asking): boolean =>
  personId === null && department !== null && division !== null && roles.includes('department-system');

const DEFAULT_PAGE = 20;

interface Listed {
  readonly referrals: readonly ReferralFacts[];
  readonly first: unknown;
  readonly info: GraphQLResolveInfo;
  /** Of one person's own list, which says something of them also where it is empty. */
  readonly whose?: string;
}

function page(walk: Walk, { referrals, first, info, whose }: Listed): Node {
  const root = rootName(info);
  const own = whose === undefined ? undefined : walk.shown.ofPerson(whose);
  own?.roots.add(root);
  own?.coordinates.add(root);
  const note = (coordinate: string) => {
    walk.shown.beside(root, coordinate);
    own?.coordinates.add(coordinate);
    for (const { id, personId } of nodes) walk.shown.ofPerson(personId).referrals.add(id);
  };
  const nodes = referrals.slice(0, typeof first === 'number' ? first : DEFAULT_PAGE);
  // A page tells of each that it holds, a cursor as much as the referral itself.
  const edges = nodes.map((one) => ({ note, fields: { cursor: anything(), node: referralNode(walk, root, one) } }));
  const cursor = edges.length === 0 ? null : anything();
  const pageInfo = {
    hasNextPage: nodes.length < referrals.length,
    hasPreviousPage: false,
    startCursor: cursor,
    endCursor: cursor,
  };
  return { note, fields: { edges, pageInfo: plain(pageInfo, note) } };
}
