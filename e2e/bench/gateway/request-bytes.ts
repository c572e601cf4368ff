/** A POST of JSON as it goes over the wire, on a connection that stays open. */
export function requestBytes(url: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Buffer {
  const { host, pathname } = new URL(url);
  const content = Buffer.from(JSON.stringify(body));
  const lines = Object.entries({
    host,
    'content-type': 'application/json',
    accept: 'application/json',
    'content-length': content.length,
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`POST ${pathname} HTTP/1.1\r\n${lines.join('')}\r\n`), content]);
}
