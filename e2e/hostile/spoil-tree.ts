/** What can be wrong with any tree of values: JSON, the resources of a bundle, the rows of a view. */
import { HOSTILE_TEXTS, OTHER_KINDS, raw, writeJson } from './hostile-values.ts';
import { pick, type Spoil, type Spoils } from './spoil.ts';

type Holder = Record<string, unknown> | unknown[];
interface Place {
  readonly holder: Holder;
  readonly key: string | number;
}

/** The tree stands in a list of one, so that the whole is a place too. */
export const TREE_SPOILS: Spoils<unknown> = {
  'a missing key': inPlace((tree, { where }) => {
    const place = pick(placesIn(tree).filter(isKeyed), where);
    if (place) Reflect.deleteProperty(place.holder, place.key);
  }),
  'another kind of value': inPlace((tree, { where, how }) =>
    set(pick(placesIn(tree), where), pick(OTHER_KINDS, how)?.()),
  ),
  'hostile text': inPlace((tree, { where, how }) => set(pick(textsIn(tree), where), pick(HOSTILE_TEXTS, how))),
  'hostile text behind a right one': inPlace((tree, { where, how }) => {
    const place = pick(textsIn(tree), where);
    if (place) set(place, `${String(valueAt(place))}${pick(HOSTILE_TEXTS, how)}`);
  }),
  'hostile text before a right one': inPlace((tree, { where, how }) => {
    const place = pick(textsIn(tree), where);
    if (place) set(place, `${pick(HOSTILE_TEXTS, how)}${String(valueAt(place))}`);
  }),
  'keys of the prototype': inPlace((tree, { where, how }) => {
    const holder = pick(objectsIn(tree), where);
    for (const key of ['__proto__', 'constructor', 'toString', 'hasOwnProperty'])
      if (holder)
        Object.defineProperty(holder, key, {
          value: how % 2 === 0 ? { polluted: true } : 'polluted',
          enumerable: true,
          writable: true,
          configurable: true,
        });
  }),
  'a key that nobody knows': inPlace((tree, { where, how }) => {
    const holder = pick(objectsIn(tree), where);
    if (holder) holder[pick(HOSTILE_TEXTS, how) ?? 'x'] = pick(OTHER_KINDS, where)?.();
  }),
  'a key twice': inPlace((tree, { where, how }) => {
    const place = pick(placesIn(tree).filter(isKeyed), where);
    const again = `${JSON.stringify(String(place?.key))}:${JSON.stringify(pick(HOSTILE_TEXTS, how))}`;
    if (place) set(place, raw(`${writeJson(valueAt(place))},${again}`));
  }),
  'a number for a text and a text for a number': inPlace((tree, { where }) => {
    const place = pick(placesIn(tree), where);
    const value = place && valueAt(place);
    if (typeof value === 'number') set(place, String(value));
    else if (typeof value === 'string' && value !== '' && Number.isFinite(Number(value))) set(place, Number(value));
  }),
  'two values of one object changed about': inPlace((tree, { where, how }) => {
    const holder = pick(objectsIn(tree), where);
    const keys = Object.keys(holder ?? {});
    const [one, other] = [pick(keys, how), pick(keys, how + 1 + (where % 3))];
    if (holder === undefined || one === undefined || other === undefined) return;
    [holder[one], holder[other]] = [holder[other], holder[one]];
  }),
  'one of a list twice': inPlace((tree, { where, how }) => {
    const list = pick(listsIn(tree), where);
    list?.splice(how % (list.length + 1), 0, structuredCopy(pick(list, how)));
  }),
  'one of a list left out': inPlace((tree, { where, how }) => {
    const list = pick(listsIn(tree), where);
    list?.splice(how % Math.max(1, list.length), 1);
  }),
  'a list turned round': inPlace((tree, { where }) => void pick(listsIn(tree), where)?.reverse()),
  'rubbish in a list': inPlace(
    (tree, { where, how }) => void pick(listsIn(tree), where)?.push(pick(OTHER_KINDS, how)?.()),
  ),
  'a huge list': inPlace((tree, { where, how }) => {
    const list = pick(listsIn(tree), where);
    const one = how % 3 === 0 ? list?.[0] : how % 3 === 1 ? null : {};
    for (let i = 0; i < (how % 20 === 19 ? 21_000 : 300); i += 1) list?.push(one);
  }),
  'an object for a list and a list for an object': inPlace((tree, { where, how }) => {
    const place = pick(placesIn(tree), where);
    const value = place && valueAt(place);
    if (Array.isArray(value)) set(place, how % 2 === 0 ? { ...value } : value[0]);
    else if (place) set(place, [value]);
  }),
  'an object within itself': inPlace((tree, { where, how }) => {
    const place = pick(placesIn(tree), where);
    let inner = place && valueAt(place);
    const text = raw(writeJson(inner));
    for (let i = 0; i < 1 + (how % 60); i += 1) inner = how % 2 === 0 ? { item: inner, resource: text } : [inner];
    if (place) set(place, inner);
  }),
};

function inPlace(change: (tree: unknown[], spoil: Spoil) => void) {
  return (tree: unknown, spoil: Spoil): unknown => {
    const whole = [tree];
    change(whole, spoil);
    return whole[0];
  };
}

/** Every value, the whole among them. What is written raw has no places. */
function placesIn(tree: unknown[]): readonly Place[] {
  const places: Place[] = [];
  const walk = (value: unknown): void => {
    if (!isHolder(value)) return;
    for (const key of Object.keys(value)) {
      const place = { holder: value, key: Array.isArray(value) ? Number(key) : key };
      places.push(place);
      walk(valueAt(place));
    }
  };
  walk(tree);
  return places;
}

const isHolder = (value: unknown): value is Holder => typeof value === 'object' && value !== null;
const isKeyed = ({ holder }: Place) => !Array.isArray(holder);
const valueAt = ({ holder, key }: Place): unknown => Reflect.get(holder, key);
const textsIn = (tree: unknown[]) => placesIn(tree).filter((place) => typeof valueAt(place) === 'string');
const structuredCopy = (value: unknown): unknown => (isHolder(value) ? raw(writeJson(value)) : value);

function set(place: Place | undefined, value: unknown): void {
  if (place) Reflect.set(place.holder, place.key, value);
}

function listsIn(tree: unknown[]): readonly unknown[][] {
  return placesIn(tree).flatMap((place) => {
    const value = valueAt(place);
    return Array.isArray(value) ? [value as unknown[]] : [];
  });
}

function objectsIn(tree: unknown[]): readonly Record<string, unknown>[] {
  return placesIn(tree).flatMap((place) => {
    const value = valueAt(place);
    return isHolder(value) && !Array.isArray(value) ? [value] : [];
  });
}
