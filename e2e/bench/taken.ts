import { z } from 'zod';

/** What the measuring programs print of something: how long it took, and how much processor time. */
export const taken = z.object({ ms: z.number(), micros: z.number() });
