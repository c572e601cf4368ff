/** The bureau's database: PGlite, a PostgreSQL in the process, which ordinary drivers reach through its socket server. */
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import type { PGlite } from '@electric-sql/pglite';
import { callCounter } from '../shared/call-counter.ts';
import type { DepartmentSystem, StartOptions } from '../shared/department-system.ts';
import { createFaultSwitch } from '../shared/fault-switch.ts';
import type { World } from '../world/model.ts';
import { emptyDatabase } from './empty-database.ts';
import { justiceRecords } from './records.ts';
import { INDEXES, loadsOf, READER, READER_PASSWORD, TABLES } from './tables.ts';
import { startWireProxy } from './wire-proxy.ts';

/** Without this the socket server refuses a second connection. All share one session, where statements take turns. */
const MAX_CONNECTIONS = 200;

export async function startJusticeSystem({
  world,
  port = 0,
  host = '127.0.0.1',
}: StartOptions & { world: World }): Promise<DepartmentSystem> {
  const database = await filledDatabase(world);
  const server = new PGLiteSocketServer({ db: database, host: '127.0.0.1', port: 0, maxConnections: MAX_CONNECTIONS });
  await server.start();
  const faults = createFaultSwitch();
  const counter = callCounter();
  const proxy = await startWireProxy({
    port,
    host,
    databasePort: Number(server.getServerConn().split(':').at(-1)),
    faults,
    isQuestion: (statement) => {
      const question = questionOf(statement);
      if (question !== null) counter.count(question);
      return question !== null;
    },
  });
  return {
    slug: 'justice',
    settings: {
      JUSTICE_URL: `postgresql://${READER}@${host}:${proxy.port}/postgres?sslmode=disable`,
      JUSTICE_PASSWORD: READER_PASSWORD,
    },
    break: async (fault) => faults.set(fault),
    calls: counter.calls,
    resetCalls: counter.reset,
    close: async () => {
      await proxy.close();
      await server.stop();
      await database.close();
    },
  };
}

async function filledDatabase(world: World): Promise<PGlite> {
  const database = await emptyDatabase();
  await database.exec(TABLES);
  for (const { copy, csv } of loadsOf(justiceRecords(world))) {
    await database.query(copy, [], { blob: new Blob([csv]) });
  }
  await database.exec(INDEXES);
  await database.exec(AS_READER);
  return database;
}

/** PGlite takes no notice of the account that a client names: the one session that all share is the reader's. */
const AS_READER = `SET SESSION AUTHORIZATION ${READER}; SET default_transaction_read_only = on;`;

function questionOf(statement: string): string | null {
  const [, view] = /\bv_(legal_aid|mediation|reintegration)\b/.exec(statement) ?? [];
  if (view !== undefined) return view.replace('_', '-');
  if (statement.includes('v_register')) return 'register';
  return statement.startsWith('SELECT 1') ? 'probe' : null;
}
