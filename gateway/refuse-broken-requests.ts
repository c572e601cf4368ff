import type { Socket } from 'node:net';

/** What node:http finds wrong below HTTP, by its code: too slow, headers too large; anything else is no HTTP. */
const REFUSALS: Readonly<Record<string, readonly [string, string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'The request came too slowly.'],
  HPE_HEADER_OVERFLOW: [
    '431 Request Header Fields Too Large',
    'The address and the headers have more than 8 KiB or 100 lines.',
  ],
};

/** Answers on the bare connection, in the shape of every other refusal and with these headers, and closes it. */
export function refuseBrokenRequests(headers: Readonly<Record<string, string>>) {
  const constant = Object.entries(headers)
    .map(([name, value]) => `\r\n${name}: ${value}`)
    .join('');
  return (error: Error & { readonly code?: string }, socket: Socket): void => {
    // The client is gone.
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy(error);
      return;
    }
    const [status, message] = REFUSALS[error.code ?? ''] ?? ['400 Bad Request', 'The request is not HTTP.'];
    const body = JSON.stringify({ errors: [{ message, extensions: { code: 'BAD_USER_INPUT' } }] });
    const head = `HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-type: application/json; charset=utf-8${constant}`;
    socket.end(`${head}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  };
}
