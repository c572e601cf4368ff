import { z } from 'zod';
import { sealedTextSchema } from '../../../adapters/vault/port.ts';
import { shanghaiDay } from '../../../adapters/shared/shanghai-day.ts';
import type { MandatoryReport } from '../access/shared-facts.ts';
import { dayInForce } from '../in-force.ts';
import { isMinor } from './age.ts';

const GUARDIANSHIP_KINDS = ['PARENT', 'RELATIVE', 'APPOINTED', 'INSTITUTION'] as const;

/** Why a guardian was suspended, and what came of it; the reasons are sealed. Never shown to the guardian. */
const suspensionSchema = z
  .object({
    at: z.string(),
    /** The token's `sub`, as is `releasedBy`. */
    by: z.string(),
    reason: sealedTextSchema,
    releasedAt: z.string().nullable(),
    releasedBy: z.string().nullable(),
    releaseReason: sealedTextSchema.nullable(),
  })
  .readonly();
export type Suspension = z.infer<typeof suspensionSchema>;

/** Of a minor, or of an adult without full capacity. `from` and `to` are ISO dates, both ends count. */
export const guardianshipSchema = z
  .object({
    guardianId: z.string(),
    kind: z.enum(GUARDIANSHIP_KINDS),
    /** Why there is one: the ward's age, or a court's finding about an adult's capacity (民法典 art. 24, 27, 28). */
    ward: z.enum(['MINOR', 'ADULT']).default('MINOR'),
    evidence: z.string(),
    from: z.string(),
    to: z.string().nullable(),
    /** The guardian is the suspect of a report: neither consents, withdraws nor sees, until a human releases it. */
    suspended: z.boolean(),
    suspensions: z.array(suspensionSchema).readonly().default([]),
    /** Why it ended before its time. */
    endEvidence: z.string().optional(),
  })
  .readonly();
export type Guardianship = z.infer<typeof guardianshipSchema>;

type Report = Pick<MandatoryReport, 'from' | 'to' | 'suspects'>;

interface Ward {
  readonly birthDate: string | null;
  readonly guardianships: readonly Guardianship[];
  /** Reports whose suspects are nobody's guardian. */
  readonly reports?: readonly Report[];
}

/** Those that stand now, suspended or not. A minor's ends with the eighteenth birthday (民法典 art. 17, 39). */
export function standingGuardianships({ birthDate, guardianships }: Ward, now: number): readonly Guardianship[] {
  const minor = isMinor(birthDate, shanghaiDay(now));
  return guardianships.filter((one) => dayInForce(one, now) && (one.ward === 'ADULT' || minor));
}

/**
 * Those from which rights follow now. A guardian who is suspended, or the suspect of a report, has none, by no other
 * guardianship either: declaring another is no way round a release.
 */
export function actingGuardians(ward: Ward, now: number): readonly Guardianship[] {
  const suspended = ward.guardianships.filter((one) => one.suspended).map(({ guardianId }) => guardianId);
  const barred = new Set([...suspectsOf(ward), ...suspended]);
  return standingGuardianships(ward, now).filter(({ guardianId }) => !barred.has(guardianId));
}

/**
 * Hub ids of those whom a report names and no human has released since, guardians or not yet: while it is open in any
 * case, and after its end, which is no release.
 */
export function suspectsOf({ guardianships, reports = [] }: Omit<Ward, 'birthDate'>): ReadonlySet<string> {
  const released = ({ from }: Report, suspect: string) =>
    guardianships.some(
      ({ guardianId, suspensions }) =>
        guardianId === suspect &&
        suspensions.some(({ releasedAt }) => releasedAt !== null && Date.parse(releasedAt) >= Date.parse(from)),
    );
  return new Set(
    reports.flatMap((report) => report.suspects.filter((one) => report.to === null || !released(report, one))),
  );
}
