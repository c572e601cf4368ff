import { z } from 'zod';

/**
 * Where a hub subgraph's answer carries the decisions that it made for the request: `extensions.decisions`. The gateway
 * writes them into the audit record; a department's subgraph is not asked for any and not believed.
 */
export const DECISIONS_EXTENSION = 'decisions';

/** The root field of a hub subgraph that decides again: are these decisions, made before, still the same? */
export const STILL_STANDS_FIELD = '_stillStand';

/** One decision about one person, as the audit needs it. */
export const decisionSchema = z
  .object({
    /** Hub id; `null` where what the caller asked by leads to nobody. */
    personId: z.string().nullable(),
    /** How the caller came to the person; `matter` = through a request, a review or a conflict that is about them. */
    by: z.enum(['id', 'localId', 'idNumber', 'entity', 'matter']),
    visible: z.boolean(),
    /** Category (`health:visits`) → basis and ground. */
    standings: z
      .record(z.string(), z.object({ basis: z.string(), ground: z.string().nullable() }).readonly())
      .readonly(),
    crossesJurisdiction: z.boolean(),
    /** ISO instant at which an emergency access that it relies on ends. */
    emergencyUntil: z.string().nullable(),
    nameMatch: z.enum(['OWN', 'COLLEAGUE']).nullable(),
  })
  .readonly();
export type MadeDecision = z.infer<typeof decisionSchema>;

/** How a request first came to a person; that a matter of theirs was shown as well says less than that they were asked for. */
export function firstWay(before: MadeDecision | undefined, now: MadeDecision): MadeDecision['by'] {
  return before === undefined || before.by === 'matter' ? now.by : before.by;
}
