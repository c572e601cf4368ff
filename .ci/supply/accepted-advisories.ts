import type { Accepted } from './audit-report.ts';

/** Advisories that are known and do not concern the hub, or cannot be mended yet: why, and until when that is believed. */
export const ACCEPTED: readonly Accepted[] = [];
