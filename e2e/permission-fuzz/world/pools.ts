/** Of whom and where the worlds are made: small, so that callers and facts meet. Nobody here exists. */
import type { Party } from './facts.ts';

/** The instant at which every world stands: noon in Shanghai. */
export const NOW = Date.parse('2026-11-20T12:00:00+08:00');
export const TODAY = '2026-11-20';

export const DISTRICT = '390106';
export const TOWN = '390106001';
export const VILLAGE = '390106001200';
export const OTHER_TOWN = '390106002';
export const OTHER_DISTRICT = '390107';
/** The city holds both districts; its last level is filled. */
export const CITY = '390100';

export const PARTIES: readonly Party[] = [
  { department: 'HEALTH', organisation: 'health-commission', division: DISTRICT },
  { department: 'HEALTH', organisation: 'town-hospital', division: TOWN },
  { department: 'HEALTH', organisation: 'hospital-beyond', division: OTHER_DISTRICT },
  { department: 'EDUCATION', organisation: 'education-bureau', division: DISTRICT },
  { department: 'EDUCATION', organisation: 'school', division: TOWN },
  { department: 'CIVIL_AFFAIRS', organisation: 'civil-affairs-bureau', division: DISTRICT },
  { department: 'JUSTICE', organisation: 'justice-office', division: TOWN },
  { department: 'WOMENS_FEDERATION', organisation: 'womens-federation', division: DISTRICT },
  { department: 'UNION', organisation: 'trade-union', division: DISTRICT },
  { department: null, organisation: 'police-station', division: TOWN },
  { department: null, organisation: 'village-committee', division: VILLAGE },
];

/** Each institution has two people and its system. */
export const workersOf = ({ organisation }: Party): readonly string[] => [`${organisation}-a`, `${organisation}-b`];
export const systemOf = ({ organisation }: Party): string => `${organisation}-system`;

export const TEAM = 'team-1';
