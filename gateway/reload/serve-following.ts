import type { Log } from '../../subgraphs/shared/log.ts';
import type { HttpServer } from '../http-server.ts';
import type { ServedEngine } from '../permitted-engine.ts';
import { type FollowedSchema, followSchema } from './follow-schema.ts';

export interface RunningServer extends Pick<HttpServer, 'url' | 'close'> {
  /** Takes over what the schema's files hold now; what is wrong with it is logged, and nothing changes. */
  reload(): Promise<void>;
}

/** A front door and its engine, which follows the files that it was made of. */
export async function serveFollowing<Files>({
  files,
  read,
  engineOf,
  serve,
  watch,
  log,
}: {
  /** What they held when they were checked for the start. */
  readonly files: Files;
  readonly read: () => Promise<Files>;
  /** Throws where no engine can be made of them. */
  readonly engineOf: (files: Files) => Promise<ServedEngine>;
  readonly serve: (engine: ServedEngine, schemaRefused: () => boolean) => Promise<HttpServer>;
  readonly watch: boolean;
  readonly log: Log;
}): Promise<RunningServer> {
  let followed: FollowedSchema | null = null;
  const first = await engineOf(files);
  const server = await orStopped(
    first,
    serve(first, () => followed?.isRefused === true),
  );
  followed = followSchema({
    read,
    inForce: files,
    take: async (next) => {
      const engine = await engineOf(next);
      await orStopped(engine, server.take(engine));
    },
    watch,
    log,
  });
  const { reload, close } = followed;
  return {
    url: server.url,
    reload,
    close: async () => {
      await close();
      await server.close();
    },
  };
}

/** An engine that is not taken is stopped. */
async function orStopped<T>(engine: ServedEngine, taken: Promise<T>): Promise<T> {
  try {
    return await taken;
  } catch (error) {
    await engine.stop();
    throw error;
  }
}
