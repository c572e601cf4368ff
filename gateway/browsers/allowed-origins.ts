import { z } from 'zod';

/** Setting: origins as browsers send them, separated by commas. What no browser would send would silently allow nobody. */
export const allowedOrigins = (): z.ZodType<readonly string[], string | undefined> =>
  z
    .string()
    .default('')
    .transform((list) => list.split(',').flatMap((origin) => origin.trim() || []))
    .refine((origins) => origins.every(isOrigin), {
      error: 'must be origins separated by commas, each exactly scheme://host or scheme://host:port; no *, no path',
    });

function isOrigin(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && url.origin === text && !text.includes('*');
}
