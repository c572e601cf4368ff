import { allDocuments } from './all-documents.ts';
import { connectDatabase, type MongodbAddress } from './database.ts';
import { checkDatabase } from './prepare-database.ts';
import { partsOf } from './tuple.ts';

/** Ids and JSON of all documents of a collection, of a database that may be in use. Nothing is written. Throws `StoreError`. */
export async function ofCollectionIn(
  address: MongodbAddress,
  collection: string,
): Promise<readonly (readonly [string, string])[]> {
  const database = await connectDatabase(address);
  try {
    await checkDatabase(database);
    const { ofCollection } = allDocuments(database);
    const found: (readonly [string, string])[] = [];
    for (let some = await ofCollection(collection); some.length > 0;) {
      found.push(...some.map(({ _id, data }) => [partsOf(_id)[1] ?? '', data] as const));
      some = await ofCollection(collection, some.at(-1)?._id);
    }
    return found;
  } finally {
    await database.close();
  }
}
