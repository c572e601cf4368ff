import { request as httpRequest } from 'node:http';

export interface Asked {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: unknown;
  /** Whether the connection may be kept. */
  readonly kept?: boolean;
}

interface Told {
  readonly status: number;
  readonly type: string;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: {
    readonly data?: object;
    readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
  };
}

/** One request as it goes over the wire: no header that is not named here. */
export function askDoor(
  url: string,
  { method = 'POST', path = '/graphql', headers = {}, body = { query: '{ hello }' }, kept = false }: Asked,
): Promise<Told> {
  return new Promise((resolve, reject) => {
    const text = method === 'GET' ? '' : typeof body === 'string' ? body : JSON.stringify(body);
    const named = { 'content-type': method === 'GET' ? undefined : 'application/json', ...headers };
    const sent = Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined));
    const request = httpRequest(
      new URL(path, url),
      { method, headers: { ...sent, 'content-length': Buffer.byteLength(text) }, ...(!kept && { agent: false }) },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const answer = Buffer.concat(chunks).toString();
          resolve({
            status: response.statusCode ?? 0,
            type: response.headers['content-type'] ?? '',
            headers: response.headers,
            body: answer === '' ? {} : JSON.parse(answer),
          });
        });
      },
    );
    request.on('error', reject).end(text);
  });
}
