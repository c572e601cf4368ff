const LOOPBACK = /^(127(\.\d+){3}|localhost|\[::1\])$/;

/** What an address gives away that leaves this machine without TLS; `null` = it does not. */
export function plainHttpFault(address: string | undefined): string | null {
  const url = address === undefined ? null : URL.parse(address);
  if (url?.protocol !== 'http:' || LOOPBACK.test(url.hostname)) return null;
  return 'must be https in production: what comes or goes there could be read and changed on the way';
}
