import { type Collection, type Stored, StoreError } from '../port.ts';
import type { Aggregate } from './models.ts';
import { partsOf } from './tuple.ts';

/** The document as the port has it. Throws `STORE_CORRUPT`. */
export function storedOf<T>(
  { _id, version, data }: Pick<Aggregate, '_id' | 'version' | 'data'>,
  collection: Collection<T>,
  store: string,
): Stored<T> {
  const [, id = ''] = partsOf(_id);
  const parsed = collection.schema.safeParse(jsonIn(data));
  if (parsed.success) return { id, version, data: parsed.data };
  const detail = `document ${id} in "${collection.name}"`;
  throw new StoreError('STORE_CORRUPT', { store, detail, cause: parsed.error });
}

/** `undefined`, which no schema of documents takes, for what is no JSON. */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
