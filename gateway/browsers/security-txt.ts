import { z } from 'zod';

export interface SecurityContact {
  /** Addresses, the preferred one first: mailto:, https:, tel:. */
  readonly contacts: readonly string[];
  readonly expires: Date;
}

/** Setting: whom to tell of a weakness, as URIs (RFC 9116, 2.5.3), separated by commas. */
export const securityContacts = (): z.ZodType<readonly string[], string | undefined> =>
  z
    .string()
    .default('')
    .transform((list) => list.split(',').flatMap((one) => one.trim() || []))
    .refine((contacts) => contacts.every(isContact), {
      error: 'must be mailto:, tel: or https: addresses separated by commas',
    });

function isContact(text: string): boolean {
  return /^(mailto:|tel:|https:\/\/)[!-~]+$/.test(text) && URL.canParse(text);
}

/** Setting: until when the contacts hold, with time zone. */
export const securityExpiry = (): z.ZodType<Date | undefined, string | undefined> =>
  z.iso
    .datetime({ offset: true, error: 'must be a date and time with zone, e.g. 2027-06-30T00:00:00+08:00' })
    .transform((text) => new Date(text))
    .optional();

/** One without the other is no security.txt (RFC 9116, 2.5.5: Expires must stand in it). */
export function securityContactProblems(values: {
  readonly SECURITY_CONTACT: readonly string[];
  readonly SECURITY_CONTACT_EXPIRES: Date | undefined;
}): readonly string[] {
  const contacts = values.SECURITY_CONTACT.length > 0;
  if (contacts === (values.SECURITY_CONTACT_EXPIRES !== undefined)) return [];
  const missing = contacts ? 'SECURITY_CONTACT_EXPIRES' : 'SECURITY_CONTACT';
  return [`${missing}: is required beside the other of SECURITY_CONTACT and SECURITY_CONTACT_EXPIRES`];
}

/** The text of `/.well-known/security.txt`; `null` once it has expired: such a file is not to be relied on, so it is not there. */
export function securityTxt({ contacts, expires }: SecurityContact, now = Date.now()): string | null {
  if (expires.getTime() <= now) return null;
  const lines = [
    ...contacts.map((contact) => `Contact: ${contact}`),
    `Expires: ${expires.toISOString()}`,
    'Preferred-Languages: zh, en',
  ];
  return `${lines.join('\n')}\n`;
}
