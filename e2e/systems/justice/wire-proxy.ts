/** A server in front of the database that breaks the conversation in every way of `FAULTS`, and counts what is asked. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { Fault } from '../shared/department-system.ts';
import { type FaultSwitch, SLOW_ANSWER_MS } from '../shared/fault-switch.ts';
import {
  fatalError,
  isTlsRequest,
  messageReader,
  statementError,
  statementIn,
  type WireMessage,
} from './wire-messages.ts';

interface ProxyOptions {
  readonly port: number;
  readonly host: string;
  readonly databasePort: number;
  readonly faults: FaultSwitch;
  /** Told of each statement, so that it can count; false for what is no question (BEGIN, COMMIT). */
  readonly isQuestion: (statement: string) => boolean;
}

/** Faults that a client meets when it connects, or in the middle, as the server ends everybody's connection. */
const REFUSALS: Partial<Record<Fault, Buffer>> = {
  'too-many-requests': fatalError('53300', 'sorry, too many clients already'),
  maintenance: fatalError('57P03', 'the database system is starting up'),
  'html-200': Buffer.from(
    'HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\r\n<html><body><h1>系统错误</h1></body></html>',
  ),
};
/** What comes in place of rows: a damaged table, or a message of no known type. */
const ANSWERS: Partial<Record<Fault, Buffer>> = {
  'error-500': statementError('XX001', 'could not read block 17 in file "base/5/16411": read only 0 of 8192 bytes'),
  garbage: Buffer.from([0xff, 0, 0, 0, 8, 0xde, 0xad, 0xbe, 0xef]),
};

export async function startWireProxy(options: ProxyOptions): Promise<{ port: number; close(): Promise<void> }> {
  const { faults } = options;
  const clients = new Set<Socket>();
  const server = createServer({ noDelay: true }, (client) => {
    clients.add(client);
    client.on('close', () => clients.delete(client));
    if (faults.current() === 'down') client.resetAndDestroy();
    else converse(client, options);
  });
  faults.onChange((fault) => {
    const refusal = fault && REFUSALS[fault];
    for (const client of clients) {
      if (fault === 'down') client.resetAndDestroy();
      else if (refusal) client.end(fault === 'maintenance' ? fatalError('57P01', 'terminating connection') : refusal);
    }
  });
  server.listen(options.port, options.host);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const client of clients) client.destroy();
      await closed;
    },
  };
}

function converse(client: Socket, { databasePort, faults, isQuestion }: ProxyOptions): void {
  const database = connect({ port: databasePort, host: '127.0.0.1', noDelay: true });
  const fromClient = messageReader({ untypedFirst: true });
  const fromDatabase = messageReader({ untypedFirst: false });
  let unanswered = 0;
  const leave = () => {
    // PGlite's socket server leaves a transaction open for ever when its client goes in the middle of BEGIN.
    if (unanswered <= 0) database.destroy();
  };

  client.on('data', (chunk: Buffer) => {
    const fault = faults.current();
    if (fault === 'hang') return;
    const messages = fromClient(chunk).filter((message) => !answeredHere(message, client));
    const asks = messages.map(statementIn).filter((text) => text !== null && isQuestion(text)).length > 0;
    const refusal = fault && REFUSALS[fault];
    if (refusal) return void client.end(refusal);
    const answer = fault && ANSWERS[fault];
    if (answer && asks) return void client.write(answer);
    if (fault === 'slow' && asks) return later(() => forward(messages));
    forward(messages);
  });
  database.on('data', (chunk: Buffer) => {
    unanswered -= fromDatabase(chunk).filter(({ type }) => type === 'Z').length;
    const fault = faults.current();
    if (client.destroyed) leave();
    else if (fault === 'cut-off' && chunk.length > CUT_AT)
      client.write(chunk.subarray(0, CUT_AT), () => client.destroy());
    else if (fault !== 'hang') client.write(chunk);
  });
  client.on('close', leave);
  database.on('close', () => client.destroy());
  for (const socket of [client, database]) socket.on('error', () => undefined);

  function forward(messages: readonly WireMessage[]): void {
    for (const { type, bytes } of messages) {
      if (type === '' || type === 'Q' || type === 'S') unanswered += 1;
      // To PGlite a client's farewell would be its own.
      if (type !== 'X' && database.writable) database.write(bytes);
    }
  }
  function later(act: () => void): void {
    client.pause();
    const timer = setTimeout(() => {
      client.resume();
      act();
    }, SLOW_ANSWER_MS);
    client.once('close', () => clearTimeout(timer));
  }
}

/** Longer than the answers to BEGIN and COMMIT, within the first row of any other. */
const CUT_AT = 60;

/** This server has no TLS. */
function answeredHere({ type, bytes }: WireMessage, client: Socket): boolean {
  if (type !== '' || !isTlsRequest(bytes)) return false;
  client.write('N');
  return true;
}
