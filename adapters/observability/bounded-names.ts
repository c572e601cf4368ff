/** A GraphQL name, not too long to be read. */
const NAME = /^[A-Za-z_]\w{0,59}$/;
/** An ID number, a birth date, a telephone number, a local id, whatever underscores stand between. */
const NUMBER = /\d(?:_*\d){5}/;

export interface BoundedNamesOptions {
  /** Names of all clients together, and of one of them, who so cannot take the others' room. */
  readonly most?: number;
  readonly mostOfClient?: number;
}

/**
 * Callers name their operations as they please. What of that may stand in a metric or a span is short, of the characters
 * of a GraphQL name, without long numbers, and of a bounded number: the rest is `other`.
 */
export function boundedNames({ most = 400, mostOfClient = 50 }: BoundedNamesOptions = {}) {
  const known = new Set<string>();
  const byClient = new Map<string, number>();
  return (name: string | null, client: string | null): string => {
    if (name === null) return 'anonymous';
    if (known.has(name)) return name;
    const ofClient = byClient.get(client ?? '') ?? 0;
    if (known.size >= most || ofClient >= mostOfClient || !NAME.test(name) || NUMBER.test(name)) return 'other';
    known.add(name);
    byClient.set(client ?? '', ofClient + 1);
    return name;
  };
}
