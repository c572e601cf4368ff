import { describe, expect, test } from '@jest/globals';
import { addressRules, parseRange } from './address-rules.ts';
import { endpointUrl } from './endpoint-url.ts';

const strict = { addresses: addressRules(), allowHttp: false };

describe('case 58: a literal address in any spelling is seen for what it is', () => {
  test.each([
    'https://127.0.0.1/',
    'https://127.1/',
    'https://2130706433/',
    'https://0x7f000001/',
    'https://0x7f.1/',
    'https://0177.0.0.1/',
    'https://017700000001/',
    'https://１２７.0.0.1/',
    'https://①②⑦.0.0.1/',
    'https://127.0.0.1./',
    'https://127.0.0.1:8443/',
    'https://0/',
    'https://[::1]/',
    'https://[0000:0000:0000:0000:0000:0000:0000:0001]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:7f00:1]/',
    'https://[64:ff9b::7f00:1]/',
    'https://169.254.169.254/latest/meta-data/',
    'https://0xa9fea9fe/',
    'https://[fd00:ec2::254]/',
    'https://10.0.0.8/hook',
    'https:\\\\192.168.0.1\\hook',
    'https:/10.0.0.8/hook',
    'ht\ntps://10.0.0.8/hook',
  ])('%j', (text) => {
    expect(endpointUrl(text, strict)).toEqual({ fault: 'ADDRESS_REFUSED' });
  });
});

test.each([
  ['http://hooks.example/', 'NOT_HTTPS'],
  ['https://user@hooks.example/', 'CREDENTIALS'],
  ['https://:secret@hooks.example/', 'CREDENTIALS'],
  ['https://hooks.example@10.0.0.1/', 'CREDENTIALS'],
  ['https://hooks.example/#part', 'FRAGMENT'],
  ['https://hooks.example/#', 'FRAGMENT'],
  ['https://hooks.example:22/', 'PORT_REFUSED'],
  ['https://hooks.example:25/', 'PORT_REFUSED'],
  ['https://hooks.example:0/', 'PORT_REFUSED'],
  ['https://hooks.example:6379/', 'PORT_REFUSED'],
  ['https://hooks.example:27017/', 'PORT_REFUSED'],
  ['https://hooks.example:65536/', 'NOT_A_URL'],
  ['ftp://hooks.example/', 'NOT_A_URL'],
  ['file:///etc/passwd', 'NOT_A_URL'],
  ['javascript:alert(1)', 'NOT_A_URL'],
  ['https://', 'NOT_A_URL'],
  ['https://[fe80::1%25eth0]/', 'NOT_A_URL'],
  ['https://local\u0000host/', 'NOT_A_URL'],
  ['hooks.example', 'NOT_A_URL'],
  ['', 'NOT_A_URL'],
  [`https://hooks.example/${'x'.repeat(500)}`, 'TOO_LONG'],
])('case 58: %j is no endpoint: %s', (text, fault) => {
  expect(endpointUrl(text, strict)).toEqual({ fault });
});

test.each([
  ['https://Hooks.Example/a?b=c', 'https://hooks.example/a?b=c'],
  ['https://hooks.example:443/', 'https://hooks.example/'],
  ['https://hooks.example:8443', 'https://hooks.example:8443/'],
  ['https://8.8.8.8/', 'https://8.8.8.8/'],
  ['https://心桥.example/', 'https://xn--15t15q.example/'],
])('%s is the endpoint %s', (text, url) => {
  expect(endpointUrl(text, strict)).toEqual({ fault: null, url });
});

test('plain HTTP and the intranet are taken where the operator allows them', () => {
  const open = { addresses: addressRules([parseRange('10.20.0.0/16') ?? []].flat()), allowHttp: true };
  expect(endpointUrl('http://10.20.0.9:8080/hook', open)).toEqual({ fault: null, url: 'http://10.20.0.9:8080/hook' });
  expect(endpointUrl('http://10.21.0.9:8080/hook', open)).toEqual({ fault: 'ADDRESS_REFUSED' });
});
