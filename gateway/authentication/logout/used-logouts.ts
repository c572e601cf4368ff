import { hash } from 'node:crypto';
import { z } from 'zod';
import { defineCollection } from '../../../adapters/store/port.ts';

/** Logout tokens that were taken, so that none is taken twice by any gateway. Looked up one by one, and never listed. */
export const usedLogouts = defineCollection({
  name: 'used-logout',
  schema: z.object({ at: z.iso.datetime({ precision: 3 }) }).readonly(),
  keys: () => [],
  indexes: {},
});

/** Of a token's `jti`. */
export const usedLogoutId = (jti: string): string => hash('sha256', jti);
