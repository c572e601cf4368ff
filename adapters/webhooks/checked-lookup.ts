import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import type { AddressRules } from './address-rules.ts';

/** Asks for all addresses of a name. */
export type Resolve = (
  hostname: string,
  done: (error: Error | null, addresses: readonly LookupAddress[]) => void,
) => void;

/** A name leads to an address that the hub does not connect to. */
export class AddressRefused extends Error {
  readonly code = 'ADDRESS_REFUSED';

  constructor() {
    super('The name leads to an address that is not allowed.');
    this.name = 'AddressRefused';
  }
}

const bySystem: Resolve = (hostname, done) => systemLookup(hostname, { all: true, verbatim: true }, done);

/**
 * The look-up that a connection makes for itself: what it gives is what is connected to, so that no second answer of the
 * name server can come between check and connection (case 58). One address that is not allowed among those of a name
 * spoils them all: which of them is taken is not ours to say.
 */
export function checkedLookup(addresses: AddressRules, resolve: Resolve = bySystem): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, (error, found) => {
      const [first] = found;
      if (error !== null) return callback(error, '', 0);
      if (first === undefined) return callback(new Error('no address'), '', 0);
      if (!found.every(({ address }) => addresses.permits(address))) return callback(new AddressRefused(), '', 0);
      return options.all === true ? callback(null, [...found]) : callback(null, first.address, first.family);
    });
  };
}
