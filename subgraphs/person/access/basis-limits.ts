import type { AccessBasis } from '../../shared/grant.ts';

interface BasisLimits {
  /** Reaches records that units outside the caller's jurisdiction keep. */
  readonly crossesJurisdiction: boolean;
  /** Opens custodian categories to anybody whom it names; otherwise to designated staff alone (档案安排专人管理). */
  readonly namesItsReader: boolean;
  /** Who may have it: somebody with a jurisdiction, or the holder of a person's own token. */
  readonly bearer: 'STAFF' | 'PERSON';
}

/**
 * The limits of each basis beside its facts, in the order in which one is named where several would do. What a basis
 * shows of sealed and withheld rows stands with the rows: subgraphs/shared/row-visibility.ts.
 */
export const BASIS_LIMITS: Readonly<Record<AccessBasis, BasisLimits>> = {
  OWN_RECORD: { crossesJurisdiction: false, namesItsReader: false, bearer: 'STAFF' },
  CARE_TEAM: { crossesJurisdiction: false, namesItsReader: true, bearer: 'STAFF' },
  CONSENT: { crossesJurisdiction: false, namesItsReader: false, bearer: 'STAFF' },
  REFERRAL: { crossesJurisdiction: false, namesItsReader: false, bearer: 'STAFF' },
  // It names an authority, not who works there.
  MANDATORY_REPORT: { crossesJurisdiction: false, namesItsReader: false, bearer: 'STAFF' },
  // PIPL art. 13(4): danger to life asks for no district.
  EMERGENCY: { crossesJurisdiction: true, namesItsReader: true, bearer: 'STAFF' },
  SELF: { crossesJurisdiction: true, namesItsReader: true, bearer: 'PERSON' },
};
