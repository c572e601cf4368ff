import { z } from 'zod';
import { setting, type SettingsTable } from '../../adapters/shared/settings.ts';

/** What the person subgraph needs from the environment. */
export const personSettings = {
  PERSON_ID_PEPPER: {
    schema: z
      .string({ error: 'is required' })
      .min(32, 'must be at least 32 characters')
      .max(1_000, 'must be at most 1000 characters'),
    description: 'secret under which ID numbers are hashed for matching; never change it once persons are registered',
    secret: 'key',
  },
  PERSON_MATCHES_PER_MINUTE: {
    schema: setting.integer({ min: 1, max: 10_000, fallback: 20 }),
    description:
      'how many ID numbers one client may try in a minute, by matchPerson, registerPerson and createReferral together',
    shown: '20',
  },
} satisfies SettingsTable;
