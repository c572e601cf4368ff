import { trusted } from 'mongoose';
import { connectDatabase, type MongodbAddress } from './database.ts';

/** Whether an event of these types is still to be settled, claimed or not; throws where there never was one of a type. Test support. */
export async function eventsWait(address: MongodbAddress, types: readonly string[]): Promise<boolean> {
  const { connection, models } = await connectDatabase(address);
  try {
    for (const type of types)
      if ((await models.outbox.exists({ type })) === null) throw new Error(`there never was an event of type ${type}`);
    const found = await Promise.all([
      models.outbox.exists({ type: trusted({ $in: [...types] }), settled: false }),
      models.aggregates.exists({ 'pending.id': trusted({ $exists: true }) }),
    ]);
    return found.some((one) => one !== null);
  } finally {
    await connection.close();
  }
}
