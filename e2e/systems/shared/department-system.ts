/** What every sample departmental system offers to those who start it: how to reach it, how to break it, what it was asked. */
import type { ReferralClerks } from './referral-cases.ts';

export const FAULTS = [
  'slow',
  'hang',
  'too-many-requests',
  'error-500',
  'html-200',
  'cut-off',
  'garbage',
  'down',
  'maintenance',
] as const;
export type Fault = (typeof FAULTS)[number];

export interface DepartmentSystem {
  readonly slug: string;
  /** The environment variables with which the department's adapter reaches this system. */
  readonly settings: Readonly<Record<string, string>>;
  /** Breaks the system in this way until it is mended with `null`. */
  break(fault: Fault | null): Promise<void>;
  /** Calls answered since the start or the last `resetCalls`, by what was asked, e.g. `{ token: 1, visits: 3 }`. */
  calls(): Readonly<Record<string, number>>;
  resetCalls(): void;
  /** Its people, where it takes referrals. */
  readonly clerks?: ReferralClerks;
  close(): Promise<void>;
}

export interface StartOptions {
  /** 0 = any free port. */
  readonly port?: number;
  /** Address to listen on, and name in its own addresses; loopback unless told. */
  readonly host?: string;
  /** Of a system that drops files. */
  readonly folder?: string;
}
