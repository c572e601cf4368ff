import { mongodbUnderTest } from '../../adapters/store/mongodb/mongodb-under-test.fixture.ts';
import type { Part } from './part.ts';
import { startMongodb } from './servers/mongodb.ts';

interface StoreServer {
  readonly url: string;
  /** It may be killed, and started again over the same data at the same address; `null` = it is not ours to kill. */
  readonly part: Part | null;
  stop(): Promise<void>;
}

/**
 * A database of its own on the replica set of `XINQIAO_TEST_MONGODB_URL`, dropped at the end; else a compatible server with
 * its data in `folder`.
 */
export async function storeServer({ folder }: { folder: string }): Promise<StoreServer> {
  if (process.env['XINQIAO_TEST_MONGODB_URL'] !== undefined) {
    const { newUrl, close } = await mongodbUnderTest();
    return { url: newUrl(), part: null, stop: close };
  }
  let server = await startMongodb({ folder });
  const { url } = server;
  const part = {
    name: 'store',
    kill: async () => server.kill(),
    start: async () => {
      server = await startMongodb({ folder, port: Number(new URL(url).port) });
    },
  };
  return { url, part, stop: async () => server.stop() };
}
