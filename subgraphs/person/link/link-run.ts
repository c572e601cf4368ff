import { z } from 'zod';
import { defineCollection } from '../../../adapters/store/port.ts';

const countsSchema = z
  .object({
    pages: z.number(),
    entries: z.number(),
    /** Linked in this run. */
    linked: z.number(),
    /** Were linked before. */
    known: z.number(),
    uncertain: z.number(),
  })
  .readonly();
export type LinkCounts = z.infer<typeof countsSchema>;

export const NO_COUNTS: LinkCounts = { pages: 0, entries: 0, linked: 0, known: 0, uncertain: 0 };

const runSchema = z
  .object({
    /** Where the register goes on; `null` before the first page. */
    cursor: z.string().nullable(),
    counts: countsSchema,
    /** ISO instants. */
    startedAt: z.string(),
    finishedAt: z.string().nullable(),
  })
  .readonly();
export type LinkRun = z.infer<typeof runSchema>;

/** How far a department's register has been walked; one a department, under its slug. */
export const linkRuns = defineCollection({
  name: 'link-run',
  schema: runSchema,
  keys: () => [],
  indexes: {},
});
