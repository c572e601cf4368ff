import { trusted } from 'mongoose';
import type { Database } from './database.ts';
import type { Aggregate, OutboxEvent } from './models.ts';
import { storeStates } from '../versions/store-state.ts';
import { behind, tuple } from './tuple.ts';

/** A round trip. */
const SOME = 500;

/** All documents and events that a database holds, in the order of their ids, for whoever carries them elsewhere. */
export function allDocuments({ models, run }: Database) {
  const aggregatesIn = async (ids: Range) =>
    run(async () =>
      models.aggregates
        .find({ _id: trusted({ ...ids }) })
        .sort({ _id: 1 })
        .limit(SOME)
        .lean<readonly Aggregate[]>(),
    );
  return {
    aggregates: async (after: string) => aggregatesIn({ $gt: after }),
    ofCollection: async (collection: string, after = tuple(collection)) =>
      aggregatesIn({ $gt: after, $lt: behind(collection) }),
    aggregate: async (id: string) => run(async () => models.aggregates.findOne({ _id: id }).lean<Aggregate | null>()),
    events: async (after: string) =>
      run(async () =>
        models.outbox
          .find({ _id: trusted({ $gt: after }) })
          .sort({ _id: 1 })
          .limit(SOME)
          .lean<readonly OutboxEvent[]>(),
      ),
    counts: async () =>
      run(async () => ({
        // What the store says of itself is nobody's.
        documents:
          (await models.aggregates.countDocuments({})) -
          (await models.aggregates.countDocuments({
            _id: trusted({ $gt: tuple(storeStates.name), $lt: behind(storeStates.name) }),
          })),
        events: await models.outbox.countDocuments({}),
      })),
  };
}

type Range = { readonly $gt: string; readonly $lt?: string };
export type AllDocuments = ReturnType<typeof allDocuments>;
