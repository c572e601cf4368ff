/** In a supergraph a subgraph of the hub's own process has an address that leads nowhere (RFC 2606): engines complain about an empty one. */
export function inProcessAddress(name: string): string {
  return `http://${name}${IN_PROCESS}/graphql`;
}

export function isInProcessAddress(url: string): boolean {
  return URL.parse(url)?.hostname.endsWith(IN_PROCESS) === true;
}

const IN_PROCESS = '.in-process.invalid';
