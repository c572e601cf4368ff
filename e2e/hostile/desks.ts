import { civilAffairsDesk } from './civil-affairs-desk.ts';
import { educationDesk } from './education-desk.ts';
import { healthDesk } from './health-desk.ts';
import type { HostileDesk } from './hostile-desk.ts';

export const HOSTILE_DESKS: readonly HostileDesk[] = [educationDesk, healthDesk, civilAffairsDesk];
