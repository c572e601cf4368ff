import { z } from 'zod';
import { cursorOf, placeOf } from './cursor.ts';
import type { PageRequest } from './port.ts';
import { utf8Order } from './utf8-order.ts';

const idOnly = z.tuple([z.string()]);
const valueAndId = z.tuple([z.string(), z.string()]);

/** Value and id. No id is empty, so that `[value, '']` lies before all documents of the value. */
type Place = z.infer<typeof valueAndId>;

/** The places between which the page lies, neither of them in it. The cursor narrows them on the side of the walk. */
export function boundsOf(request: PageRequest<string>, store: string): readonly [Place, Place] {
  const { from, to } = request.value === undefined ? request : { from: request.value, to: `${request.value}\0` };
  const [low, high]: [Place, Place] = [
    [from, ''],
    [to, ''],
  ];
  const at = cursorPlace(request, store);
  if (at === null) return [low, high];
  return request.reverse === true ? [low, inOrder(at, high)[0]] : [inOrder(low, at)[1], high];
}

/** Of an item of a page: a walk of one value needs no value in it. */
export const pageCursor = ({ value: one }: PageRequest<string>, value: string, id: string): string =>
  cursorOf(one === undefined ? [value, id] : [id]);

function cursorPlace({ value, cursor = null }: PageRequest<string>, store: string): Place | null {
  if (cursor === null) return null;
  return value === undefined ? placeOf(valueAndId, cursor, store) : [value, ...placeOf(idOnly, cursor, store)];
}

const inOrder = (a: Place, b: Place): readonly [Place, Place] =>
  (utf8Order(a[0], b[0]) || utf8Order(a[1], b[1])) <= 0 ? [a, b] : [b, a];
