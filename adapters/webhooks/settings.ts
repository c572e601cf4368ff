import { z } from 'zod';
import { setting, type Settings, type SettingsTable } from '../shared/settings.ts';
import { type AddressRange, parseRange, touchesIpv4 } from './address-rules.ts';

/** RFC 1918 and RFC 4193: no network of an organisation is wider. */
const WIDEST = { ipv4: 8, ipv6: 7 };

const ranges = z
  .string()
  .optional()
  .transform((text = '', context): readonly AddressRange[] => {
    const words = text.split(/[\s,]+/).filter((word) => word !== '');
    return words.flatMap((word) => {
      const range = parseRange(word);
      const fault = range === null ? 'is no range like 10.20.0.0/16' : faultOf(range);
      if (range !== null && fault === null) return [range];
      context.addIssue({ code: 'custom', message: `${word} ${fault}` });
      return [];
    });
  });

function faultOf(range: AddressRange): string | null {
  if (touchesIpv4(range)) return 'holds IPv4 addresses in the form of IPv6; write them as IPv4';
  return range.prefix < WIDEST[range.family]
    ? 'is wider than any network of an organisation; name the networks meant'
    : null;
}

/** Where the hub sends webhooks to. */
export const webhookSettings = {
  WEBHOOK_ALLOWED_RANGES: {
    schema: ranges,
    description:
      'networks inside which webhooks may be received, besides public addresses, e.g. 10.20.0.0/16, fd12:3456::/32: an intranet is closed to them unless it is named here',
    shown: 'none',
  },
  WEBHOOK_PLAIN_HTTP: {
    schema: setting.oneOf(['allow', 'refuse'], 'refuse'),
    description:
      'whether endpoints without TLS are taken (allow, refuse); what is sent holds ids only, but anybody on the way can read them',
    shown: 'refuse',
  },
} satisfies SettingsTable;
export type WebhookSettings = Settings<typeof webhookSettings>;
