import { z } from 'zod';
import type { SettingsTable } from '../shared/settings.ts';

/** Where the store is. */
export type StoreUrl = { readonly engine: 'sqlite'; readonly file: string };

const storeUrl = z.string().transform((text, context): StoreUrl => {
  if (text.startsWith('sqlite:') && text.length > 'sqlite:'.length) {
    return { engine: 'sqlite', file: text.slice('sqlite:'.length) };
  }
  const message = /^mongodb(\+srv)?:/.test(text)
    ? 'a MongoDB store comes with a later version; use sqlite:FILE'
    : 'must be sqlite:FILE or sqlite::memory:';
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
});

export const storeSettings = {
  STORE_URL: {
    schema: z
      .string()
      .optional()
      .transform((value) => value ?? 'sqlite:./data/xinqiao.db')
      .pipe(storeUrl),
    description:
      'where the hub keeps its own data: sqlite:FILE, or sqlite::memory: for a store that ends with the process',
    shown: 'sqlite:./data/xinqiao.db',
  },
} satisfies SettingsTable;
