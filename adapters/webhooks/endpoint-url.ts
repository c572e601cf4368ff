import { isIP } from 'node:net';
import type { AddressRules } from './address-rules.ts';
import type { EndpointUrlFault, WebhookSender } from './port.ts';

const MAX_LENGTH = 500;
/** HTTP's own; every other port below 1024 belongs to another service. */
const HTTP_PORTS: ReadonlySet<number> = new Set([80, 443]);
const FIRST_FREE_PORT = 1024;

/**
 * Ports of services that do harm by a POST, or do not know that it is none of theirs: what the fetch standard calls bad
 * ports, databases, caches, queues, directories and the control ports of clusters.
 */
const REFUSED_PORTS: ReadonlySet<number> = new Set([
  1025, 1433, 1434, 1521, 1719, 1720, 1723, 2049, 2181, 2375, 2376, 2379, 2380, 3306, 3389, 3659, 4045, 4190, 5060,
  5061, 5432, 5672, 5900, 5985, 5986, 6000, 6379, 6443, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 7000, 7001,
  8500, 9042, 9092, 9200, 9300, 10080, 10250, 10255, 11211, 15672, 26379, 27017, 27018, 27019, 50070,
]);

interface UrlRules {
  readonly addresses: AddressRules;
  readonly allowHttp: boolean;
}

/**
 * The address of an endpoint in its one spelling: names in lower case, IPv4 addresses dotted, however they were written
 * (the URL standard reads `0x7f.1` and `2130706433` as 127.0.0.1). Where a name leads is not looked at here.
 */
export function endpointUrl(
  text: string,
  { addresses, allowHttp }: UrlRules,
): ReturnType<WebhookSender['endpointUrl']> {
  if (text.length > MAX_LENGTH) return { fault: 'TOO_LONG' };
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) return { fault: 'NOT_A_URL' };
  const fault = faultOf(url, { addresses, allowHttp });
  return fault === null ? { url: url.href, fault } : { fault };
}

function faultOf(url: URL, { addresses, allowHttp }: UrlRules): EndpointUrlFault | null {
  if (url.protocol === 'http:' && !allowHttp) return 'NOT_HTTPS';
  if (url.username !== '' || url.password !== '') return 'CREDENTIALS';
  if (url.hash !== '' || url.href.endsWith('#')) return 'FRAGMENT';
  if (!isFreePort(portOf(url))) return 'PORT_REFUSED';
  const host = hostOf(url);
  return isIP(host) !== 0 && !addresses.permits(host) ? 'ADDRESS_REFUSED' : null;
}

/** Without the brackets of an IPv6 address. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[(.*)\]$/, '$1');
}

function portOf({ port, protocol }: URL): number {
  if (port !== '') return Number(port);
  return protocol === 'https:' ? 443 : 80;
}

function isFreePort(port: number): boolean {
  return HTTP_PORTS.has(port) || (port >= FIRST_FREE_PORT && !REFUSED_PORTS.has(port));
}
