import { LRUCache } from 'lru-cache';

export type AnswerType = 'application/graphql-response+json' | 'application/json';

/** In the hub's own order of preference. */
const TYPES: readonly AnswerType[] = ['application/graphql-response+json', 'application/json'];

interface Range {
  readonly type: string;
  readonly weight: number;
}

/** Clients send few different headers; reading one costs more than the rest of its check. */
const known = new LRUCache<string, { readonly type: AnswerType | null }>({ max: 100 });
const LONGEST_KNOWN = 300;

/**
 * The media type of an answer, by the request's `Accept` (RFC 9110, 12.5.1): of those that the hub has the one with the
 * highest weight, of equal ones the first named. Whoever names none gets the specification's
 * own type, as it says for servers since 2025. `null` = none of ours is accepted (406).
 */
export function answerTypeOf(accept: string | undefined): AnswerType | null {
  if (accept === undefined || accept === '*/*') return TYPES[0] ?? null;
  const remembered = known.get(accept);
  if (remembered !== undefined) return remembered.type;
  const type = negotiated(accept);
  if (accept.length <= LONGEST_KNOWN) known.set(accept, { type });
  return type;
}

function negotiated(accept: string): AnswerType | null {
  const ranges = accept.split(',').flatMap(rangeOf);
  if (ranges.length === 0) return TYPES[0] ?? null;
  const offers = TYPES.flatMap((type) => {
    const place = placeOf(type, ranges);
    const weight = ranges[place]?.weight ?? 0;
    return weight > 0 ? [{ type, weight, place }] : [];
  });
  const [best] = offers.toSorted((a, b) => b.weight - a.weight || a.place - b.place);
  return best?.type ?? null;
}

/** Where the range that decides about a type stands: the most exact of those that cover it; -1 = none does. */
function placeOf(type: AnswerType, ranges: readonly Range[]): number {
  for (const pattern of [type, 'application/*', '*/*']) {
    const place = ranges.findIndex((range) => range.type === pattern);
    if (place >= 0) return place;
  }
  return -1;
}

/** One element of the header. One in another encoding than UTF-8 asks for nothing that the hub has. */
function rangeOf(element: string): readonly Range[] {
  const [type = '', ...parameters] = element.split(';').map((part) => part.trim().toLowerCase());
  if (type === '') return [];
  const valueOf = (name: string) =>
    parameters
      .find((parameter) => parameter.startsWith(`${name}=`))
      ?.slice(name.length + 1)
      .replaceAll('"', '');
  const charset = valueOf('charset') ?? 'utf-8';
  if (charset !== 'utf-8' && charset !== 'utf8') return [{ type: 'another/encoding', weight: 0 }];
  const weight = Number(valueOf('q') ?? 1);
  return [{ type, weight: weight >= 0 && weight <= 1 ? weight : 0 }];
}
