import { z } from 'zod';

/**
 * Where a hub subgraph's answer carries the decisions that it made for the request: `extensions.decisions`. The gateway
 * writes them into the audit record; a department's subgraph is not asked for any and not believed.
 */
export const DECISIONS_EXTENSION = 'decisions';

/** The root field of a hub subgraph that decides again: are these decisions, made before, still the same? */
export const STILL_STANDS_FIELD = '_stillStand';

const standingSchema = z.object({ basis: z.string(), ground: z.string().nullable() }).readonly();

/** One decision about one person, as the audit needs it. */
export const decisionSchema = z
  .object({
    /** Hub id; `null` where what the caller asked by leads to nobody. */
    personId: z.string().nullable(),
    /** How the caller came to the person; `matter` = only by what stands beside them: nothing was decided about the person. */
    by: z.enum(['id', 'localId', 'idNumber', 'entity', 'matter']),
    visible: z.boolean(),
    /** Category (`health:visits`) → basis and ground. */
    standings: z.record(z.string(), standingSchema).readonly(),
    crossesJurisdiction: z.boolean(),
    /** ISO instant at which an emergency access that it relies on ends. */
    emergencyUntil: z.string().nullable(),
    nameMatch: z.enum(['OWN', 'COLLEAGUE']).nullable(),
    /**
     * Root fields (`Query.consents`) of the answer under which something about this person stands outside the type
     * `Person`: a consent, a request, a review, a referral, the person's own view.
     */
    beside: z.array(z.string()).readonly(),
    /** What of it stands on a basis of its own: `hub:referrals:<id>` → basis and ground. */
    besideStandings: z.record(z.string(), standingSchema).readonly().optional(),
    /** Some of that is a mandatory report, which the person is told of without its source. */
    ofReport: z.boolean(),
  })
  .readonly();
export type MadeDecision = z.infer<typeof decisionSchema>;

/** In `beside`: under whatever root field the answer has that is about nobody by itself. */
export const ANY_ROOT = '*';

/**
 * Two decisions of one request about one person as one: the newer, by the way on which the request first came to the
 * person, with all that stands beside them. A `matter` decided nothing, so it changes nothing of what was decided.
 */
export function merged(before: MadeDecision | undefined, now: MadeDecision): MadeDecision {
  if (before === undefined) return now;
  const besideStandings = { ...before.besideStandings, ...now.besideStandings };
  const decided = now.by === 'matter' ? before : now;
  return {
    ...decided,
    by: before.by === 'matter' ? now.by : before.by,
    beside: [...new Set([...before.beside, ...now.beside])],
    ...(Object.keys(besideStandings).length > 0 && { besideStandings }),
    ofReport: before.ofReport || now.ofReport,
  };
}
