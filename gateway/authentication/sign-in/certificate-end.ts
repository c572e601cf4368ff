import { once } from 'node:events';
import { isIP } from 'node:net';
import tls from 'node:tls';

/** When the TLS certificate that the server of an address shows ends, in ms; `null` = it shows none. Throws if not reached. */
export async function certificateEnd(url: string, signal: AbortSignal): Promise<number | null> {
  const { protocol, hostname, port } = new URL(url);
  if (protocol !== 'https:') return null;
  const host = hostname.replace(/^\[|\]$/g, '');
  // RFC 6066, 3: an address is no server name.
  const socket = tls.connect({ host, port: Number(port || 443), ...(isIP(host) === 0 && { servername: host }) });
  try {
    await once(socket, 'secureConnect', { signal });
    return Date.parse(socket.getPeerCertificate().valid_to);
  } finally {
    socket.destroy();
  }
}
