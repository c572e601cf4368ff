import { civilAffairs } from './civil-affairs.ts';
import { education } from './education.ts';
import { health } from './health.ts';
import type { HostileDepartment } from './hostile-department.ts';
import { justice } from './justice.ts';
import { union } from './union.ts';
import { womensFederation } from './womens-federation.ts';

export const HOSTILE_DEPARTMENTS: readonly HostileDepartment[] = [
  education,
  health,
  civilAffairs,
  justice,
  union,
  womensFederation,
];
