import { startMongodb } from './servers/mongodb.ts';

/** The store's server in its place: it may be killed, and started again over the same data at the same address. */
export async function keptMongodb({ folder }: { folder: string }) {
  let server = await startMongodb({ folder });
  const { url } = server;
  return {
    name: 'store',
    url,
    kill: async () => server.kill(),
    start: async () => {
      server = await startMongodb({ folder, port: Number(new URL(url).port) });
    },
    stop: async () => server.stop(),
  };
}
