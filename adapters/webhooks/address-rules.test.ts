import { describe, expect, test } from '@jest/globals';
import { addressRules, parseRange } from './address-rules.ts';

const rangesOf = (...texts: string[]) => texts.flatMap((text) => parseRange(text) ?? []);

describe('case 58: an address that is not public is refused', () => {
  test.each([
    ['this host', '0.0.0.0'],
    ['loopback', '127.0.0.1'],
    ['loopback, further on', '127.255.255.254'],
    ['private', '10.1.2.3'],
    ['private', '172.16.0.1'],
    ['private', '172.31.255.255'],
    ['private', '192.168.1.1'],
    ['carrier-grade NAT', '100.64.0.1'],
    ['metadata of a cloud', '169.254.169.254'],
    ['metadata of a cloud', '100.100.100.200'],
    ['metadata of a cloud', '168.63.129.16'],
    ['link-local', '169.254.0.1'],
    ['documentation', '192.0.2.1'],
    ['benchmarks', '198.19.0.1'],
    ['multicast', '224.0.0.1'],
    ['multicast', '239.255.255.250'],
    ['reserved', '240.0.0.1'],
    ['broadcast', '255.255.255.255'],
    ['unspecified', '::'],
    ['loopback', '::1'],
    ['loopback in full', '0:0:0:0:0:0:0:1'],
    ['IPv4-mapped loopback', '::ffff:127.0.0.1'],
    ['IPv4-mapped metadata in hexadecimal', '::ffff:a9fe:a9fe'],
    ['IPv4-mapped public', '::ffff:8.8.8.8'],
    ['IPv4-compatible', '::127.0.0.1'],
    ['IPv4-translated', '::ffff:0:127.0.0.1'],
    ['NAT64 of loopback', '64:ff9b::7f00:1'],
    ['NAT64 of metadata', '64:ff9b::169.254.169.254'],
    ['NAT64, local use', '64:ff9b:1::10.0.0.1'],
    ['6to4 of a private address', '2002:a00:1::1'],
    ['Teredo', '2001:0:4136:e378:8000:63bf:3fff:fdd2'],
    ['unique local', 'fd12:3456::1'],
    ['metadata of a cloud', 'fd00:ec2::254'],
    ['link-local', 'fe80::1'],
    ['link-local with a zone', 'fe80::1%eth0'],
    ['site-local', 'fec0::1'],
    ['multicast', 'ff02::1'],
    ['discard', '100::1'],
    ['documentation', '2001:db8::1'],
    ['documentation', '3fff::1'],
    ['segment routing', '5f00::1'],
    ['no address', 'localhost'],
    ['half an address', '127.1'],
    ['nothing', ''],
  ])('%s: %s', (_, address) => {
    expect(addressRules().permits(address)).toBe(false);
  });
});

test.each(['8.8.8.8', '1.1.1.1', '172.15.0.1', '172.32.0.1', '100.63.0.1', '2400:3200::1', '2606:4700::1111'])(
  'the public address %s is permitted',
  (address) => {
    expect(addressRules().permits(address)).toBe(true);
  },
);

test.each([
  ['10.20.0.1', true],
  ['::ffff:10.20.0.1', true],
  ['10.21.0.1', false],
  ['fd12:3456::1', true],
  ['fd12:3457::1', false],
  ['127.0.0.1', false],
  ['169.254.169.254', false],
])('case 58: with 10.20.0.0/16 and fd12:3456::/32 allowed, %s is permitted: %s', (address, permitted) => {
  expect(addressRules(rangesOf('10.20.0.0/16', 'fd12:3456::/32')).permits(address)).toBe(permitted);
});

test.each(['10.0.0.0', '10.0.0.0/33', 'fd00::/129', '10.0/8', '/8', 'office/24', 'fe80::%1/10', ''])(
  '%j is no range',
  (text) => {
    expect(parseRange(text)).toBeNull();
  },
);
