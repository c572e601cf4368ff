/** Rows as the federation keeps them. */

/** A service of 家庭关爱; words as the federation writes them, dates ISO. */
export interface FamilySupportRecord {
  readonly localId: string;
  readonly kind: string;
  readonly from: string;
  readonly to: string | null;
  readonly sessions: number;
  readonly status: string;
}

export interface RightsCaseRecord {
  readonly localId: string;
  readonly kind: string;
  readonly stage: string;
  readonly acceptedOn: string;
  readonly closedOn: string | null;
  readonly protectionOrder: boolean;
  readonly sealed: boolean;
}

export interface HotlineRecord {
  readonly localId: string;
  readonly date: string;
  readonly topic: string;
  readonly disposition: string;
}

export interface PersonRecords {
  readonly familySupport: readonly FamilySupportRecord[];
  readonly rightsCases: readonly RightsCaseRecord[];
  readonly hotline: readonly HotlineRecord[];
}
