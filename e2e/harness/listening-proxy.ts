import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

/** What went over the wire between callers and the hub. */
export interface ListeningProxy {
  readonly url: string;
  /** Tokens that callers sent. */
  readonly tokens: ReadonlySet<string>;
  /** Texts in the variables that callers sent. */
  readonly variables: ReadonlySet<string>;
  /** Errors in the answers, as text. */
  readonly errors: readonly string[];
  close(): Promise<void>;
}

const askedSchema = z.object({ variables: z.unknown() });
const answeredSchema = z.object({ errors: z.array(z.unknown()).optional() });

/** Stands before a hub, passes everything on as it is, and remembers what must not be found anywhere else. */
export async function listeningProxy(gateway: string): Promise<ListeningProxy> {
  const tokens = new Set<string>();
  const variables = new Set<string>();
  const errors: string[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const body = await textOf(request);
      const { host: _host, connection: _connection, ...headers } = request.headers;
      for (const [, token = ''] of (request.headers.authorization ?? '').matchAll(/Bearer (\S+)/g)) tokens.add(token);
      for (const text of textsIn(parsed(askedSchema, body)?.variables)) variables.add(text);
      const answer = await fetch(new URL(request.url ?? '', gateway), {
        method: request.method ?? 'POST',
        headers: Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]),
        ...(body !== '' && { body }),
      });
      const text = await answer.text();
      errors.push(...(parsed(answeredSchema, text)?.errors ?? []).map((one) => JSON.stringify(one)));
      response
        .writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/plain' })
        .end(text);
    })().catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${new URL(gateway).pathname}`,
    tokens,
    variables,
    errors,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function textOf(stream: AsyncIterable<unknown>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

function parsed<T>(schema: z.ZodType<T>, text: string): T | null {
  try {
    return schema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}
