import { BlockList, isIP } from 'node:net';

/** `10.20.0.0/16` in parts. */
export interface AddressRange {
  readonly address: string;
  readonly prefix: number;
  readonly family: 'ipv4' | 'ipv6';
}

/**
 * IANA IPv4 Special-Purpose Address Registry (RFC 6890 and after), and multicast. `168.63.129.16` is the one cloud
 * metadata address that lies outside of them; the others are link-local, `100.64.0.0/10` or `fc00::/7`.
 */
const REFUSED_IPV4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '168.63.129.16/32',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];

/**
 * Everything but global unicast is refused: loopback, link-local, unique local, multicast, IPv4-mapped and -compatible,
 * NAT64 (`64:ff9b::/96`, `64:ff9b:1::/48`). A rule for the mapped range itself would not do: a `BlockList` takes it for
 * all of IPv4.
 */
const GLOBAL_IPV6 = ['2000::/3'];
/** Within it: protocol assignments with Teredo, documentation, 6to4: each leads elsewhere than it says. */
const REFUSED_IPV6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

export interface AddressRules {
  /** May the hub connect to this IP address, in any spelling? What is no address may not. */
  permits(address: string): boolean;
}

/** Public addresses, and those that the operator allows by range. */
export function addressRules(allowed: readonly AddressRange[] = []): AddressRules {
  const lists = {
    allowed: blockList(allowed),
    refused: blockList([...REFUSED_IPV4, ...REFUSED_IPV6].flatMap((text) => parseRange(text) ?? [])),
    global: blockList(GLOBAL_IPV6.flatMap((text) => parseRange(text) ?? [])),
  };
  return {
    permits(address) {
      const family = familyOf(address);
      if (family === null) return false;
      if (lists.allowed.check(address, family)) return true;
      return !lists.refused.check(address, family) && (family === 'ipv4' || lists.global.check(address, family));
    },
  };
}

/** A range in CIDR notation; `null` for what is none. */
export function parseRange(text: string): AddressRange | null {
  const [, address = '', digits = ''] = /^([0-9a-f.:]+)\/(\d{1,3})$/i.exec(text.trim()) ?? [];
  const family = familyOf(address);
  const prefix = Number(digits);
  if (family === null || prefix > (family === 'ipv4' ? 32 : 128)) return null;
  return { address, prefix, family };
}

/** Does a range of IPv6 touch the IPv4-mapped addresses? Then a `BlockList` would take it for a range of IPv4. */
export function touchesIpv4(range: AddressRange): boolean {
  if (range.family === 'ipv4') return false;
  const mapped = blockList([{ address: '::ffff:0:0', prefix: 96, family: 'ipv6' }]);
  return mapped.check(range.address, 'ipv6') || blockList([range]).check('::ffff:0:0', 'ipv6');
}

function blockList(ranges: readonly AddressRange[]): BlockList {
  const list = new BlockList();
  for (const { address, prefix, family } of ranges) list.addSubnet(address, prefix, family);
  return list;
}

/** A zone (`fe80::1%eth0`) is of an address that is refused anyway. */
function familyOf(address: string): AddressRange['family'] | null {
  if (address.includes('%')) return null;
  switch (isIP(address)) {
    case 4:
      return 'ipv4';
    case 6:
      return 'ipv6';
  }
  return null;
}
