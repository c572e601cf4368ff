/** One thing that is wrong with the answer of one call to a subgraph. The numbers choose, whatever their size. */
export interface Mutation {
  /** Which call of those that it can change. */
  readonly call: number;
  readonly kind: MutationKind;
  readonly where: number;
  readonly how: number;
}

type Holder = Record<string, unknown> | unknown[];

interface Place {
  readonly holder: Holder;
  readonly key: string | number;
}

const ABSURD_PATHS: readonly unknown[] = [
  ['_entities', 99, 'name'],
  ['_entities', -1],
  ['_entities', '0', 'id'],
  ['__proto__', 'polluted'],
  ['a', 1e9, 'b'],
  Array.from({ length: 1_000 }, (_, i) => i),
  [],
  undefined,
];
const OTHER_KINDS: readonly unknown[] = [{}, [], true, -1.5, [[[]]], { __typename: 'Nothing' }];
const NO_ANSWERS: readonly unknown[] = [
  {},
  { data: null },
  { data: null, errors: [] },
  { data: [] },
  { data: { other: 1 } },
  { errors: [{ message: 'refused', extensions: { code: 'REFUSED' } }] },
  null,
  'no answer',
];
const WRONG_TYPES: readonly unknown[] = ['Nothing', 'Query', '__proto__', 7, null, {}, ''];

type Spoil = (answer: object, mutation: Mutation, earlier: readonly unknown[]) => unknown;

/** What can be wrong. Each changes a copy of its own, or nothing where there is nothing that it could change. */
const KINDS = {
  'a missing key': inPlace((answer, { where }) => {
    const place = pick(placesIn(answer).filter(isKeyed), where);
    if (place) Reflect.deleteProperty(place.holder, place.key);
  }),
  'a null': inPlace((answer, { where }) => set(pick(placesIn(answer), where), null)),
  'another kind of value': inPlace((answer, { where, how }) =>
    set(pick(placesIn(answer), where), copyOf(OTHER_KINDS, how)),
  ),
  'another type name': inPlace((answer, { where, how }) => {
    const named = placesIn(answer).filter(({ key }) => key === '__typename');
    set(pick(named, where), copyOf(WRONG_TYPES, how));
  }),
  'too many in a list': inPlace((answer, { where, how }) => {
    const list = pick(listsIn(answer), where);
    list?.push(how % 2 === 0 ? null : {});
  }),
  'too few in a list': inPlace((answer, { where }) => void pick(listsIn(answer), where)?.pop()),
  'an entity twice': inPlace((answer, { where }) => {
    const { data } = answer as { data?: { _entities?: unknown[] } };
    const entities = data?._entities ?? [];
    const at = where % Math.max(1, entities.length);
    if (entities.length > 0) entities.splice(at, 0, structuredClone(entities[at]));
  }),
  'an entity that fell out': inPlace((answer, { where }) => {
    const { data } = answer as { data?: { _entities?: unknown[] } };
    data?._entities?.splice(where % Math.max(1, data._entities.length), 1);
  }),
  'two entities exchanged': inPlace((answer, { where, how }) => {
    const { data } = answer as { data?: { _entities?: unknown[] } };
    const entities = data?._entities ?? [];
    // Where one fell out before there may be none; a null would say so itself.
    if (entities.length === 0) return;
    const [at, other] = [where % Math.max(1, entities.length), how % Math.max(1, entities.length)];
    [entities[at], entities[other]] = [entities[other], entities[at]];
  }),
  'an answer for entities that was meant for another call': (
    answer: object,
    { where }: Mutation,
    earlier: readonly unknown[],
  ) =>
    '_entities' in ((answer as { data?: object | null }).data ?? {})
      ? structuredClone(pick(earlier.filter(hasAllEntities), where) ?? answer)
      : answer,
  'a huge list': inPlace((answer, { where, how }) => {
    const list = pick(listsIn(answer), where);
    list?.push(...Array.from({ length: 5_000 }, () => (how % 2 === 0 ? null : {})));
  }),
  'a deep value': inPlace((answer, { where, how }) => {
    let deep: unknown = 'bottom';
    for (let i = 0; i < 5_000; i += 1) deep = how % 2 === 0 ? [deep] : { id: deep };
    set(pick(placesIn(answer), where), deep);
  }),
  'keys of the prototype': inPlace((answer, { where }) => {
    const holders = [
      ...new Set(
        placesIn(answer)
          .filter(isKeyed)
          .map(({ holder }) => holder),
      ),
    ];
    const holder = pick(holders, where);
    for (const key of ['__proto__', 'constructor', 'toString'])
      if (holder)
        Object.defineProperty(holder, key, {
          value: { polluted: true },
          enumerable: true,
          writable: true,
          configurable: true,
        });
  }),
  'errors beside the data': inPlace((answer, { where, how }) => {
    const path = pick(ABSURD_PATHS, where);
    const count = how % 3 === 0 ? 100 : 1;
    const error = { message: 'absurd', extensions: { code: 'ABSURD' }, ...(path !== undefined && { path }) };
    Object.assign(answer, { errors: Array.from({ length: count }, () => error) });
  }),
  'no answer': (_answer: object, { how }: Mutation) => copyOf(NO_ANSWERS, how),
  'a failure': () => {
    throw new Error('the subgraph broke');
  },
} satisfies Record<string, Spoil>;

type MutationKind = keyof typeof KINDS;

export const MUTATION_KINDS = Object.keys(KINDS) as readonly MutationKind[];

/** The answer with that one thing wrong; the answer given stays as it is. `earlier` = what the subgraph answered before. */
export function mutatedAnswer(answer: object, mutation: Mutation, earlier: readonly unknown[] = []): unknown {
  const spoil: Spoil = KINDS[mutation.kind];
  return spoil(answer, mutation, earlier);
}

/** An entity that is null is one that is not there, whoever was meant: nobody can tell. */
function hasAllEntities(answer: unknown): boolean {
  const { data } = answer as { data?: { _entities?: readonly unknown[] } | null };
  return data?._entities?.includes(null) !== true;
}

function inPlace(change: (answer: object, mutation: Mutation) => void) {
  return (answer: object, mutation: Mutation): unknown => {
    const copy = structuredClone(answer);
    change(copy, mutation);
    return copy;
  };
}

/** What the tables have is copied when it is put in: an answer becomes part of the engine's data. */
function copyOf<T>(all: readonly T[], n: number): T | undefined {
  return structuredClone(pick(all, n));
}

function pick<T>(all: readonly T[], n: number): T | undefined {
  return all[n % Math.max(1, all.length)];
}

function set(place: Place | undefined, value: unknown): void {
  if (place) Reflect.set(place.holder, place.key, value);
}

function isKeyed({ holder }: Place): boolean {
  return !Array.isArray(holder);
}

const NAME = /^\w+$/;

/** Every value below `data`, but none inside the value of a scalar: who could say that one were wrong? Its keys are no names. */
function placesIn(answer: object): readonly Place[] {
  const places: Place[] = [];
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const key of Object.keys(value)) {
      if (!NAME.test(key)) continue;
      places.push({ holder: value as Holder, key: Array.isArray(value) ? Number(key) : key });
      walk((value as Record<string, unknown>)[key]);
    }
  };
  walk((answer as { data?: unknown }).data);
  return places;
}

function listsIn(answer: object): readonly unknown[][] {
  return placesIn(answer).flatMap(({ holder, key }) => {
    const value: unknown = Reflect.get(holder, key);
    return Array.isArray(value) ? [value as unknown[]] : [];
  });
}
