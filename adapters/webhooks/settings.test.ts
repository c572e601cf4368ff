import { expect, test } from '@jest/globals';
import { readSettings } from '../shared/settings.ts';
import { webhookSettings } from './settings.ts';

const read = (WEBHOOK_ALLOWED_RANGES: string) => readSettings(webhookSettings, { WEBHOOK_ALLOWED_RANGES });

test('nothing but public addresses and HTTPS, unless the operator says so', () => {
  expect(readSettings(webhookSettings, {})).toEqual({
    values: { WEBHOOK_ALLOWED_RANGES: [], WEBHOOK_PLAIN_HTTP: 'refuse' },
    problems: [],
  });
});

test('ranges are a list with commas or spaces', () => {
  expect(read('10.20.0.0/16, fd12:3456::/32 192.168.7.0/24').values.WEBHOOK_ALLOWED_RANGES).toEqual([
    { address: '10.20.0.0', prefix: 16, family: 'ipv4' },
    { address: 'fd12:3456::', prefix: 32, family: 'ipv6' },
    { address: '192.168.7.0', prefix: 24, family: 'ipv4' },
  ]);
});

test.each(['0.0.0.0/0', '::/0', '8.0.0.0/7', 'office', '::/8', '::ffff:0:0/96', '::ffff:10.0.0.0/104', '10.0.0.0/8;x'])(
  'case 58: the range %s is refused at the start',
  (text) => {
    expect(read(text).problems).toEqual([expect.stringContaining('WEBHOOK_ALLOWED_RANGES')]);
  },
);
