import type { Random } from '../../systems/world/random.ts';

/** Entries as `subgraphs/directory/seed` reads them; what is left out has the directory's defaults. */
export interface SeededEntry {
  readonly id: string;
  readonly [field: string]: unknown;
}

export interface DirectorySeed {
  readonly organisations: readonly SeededEntry[];
  readonly locations: readonly SeededEntry[];
  readonly services: readonly SeededEntry[];
  readonly professionals: readonly SeededEntry[];
  readonly capacities: readonly SeededEntry[];
  readonly rosters: readonly SeededEntry[];
}

export const NOTHING: DirectorySeed = {
  organisations: [],
  locations: [],
  services: [],
  professionals: [],
  capacities: [],
  rosters: [],
};

export function joined(parts: readonly DirectorySeed[]): DirectorySeed {
  return {
    organisations: parts.flatMap(({ organisations }) => organisations),
    locations: parts.flatMap(({ locations }) => locations),
    services: parts.flatMap(({ services }) => services),
    professionals: parts.flatMap(({ professionals }) => professionals),
    capacities: parts.flatMap(({ capacities }) => capacities),
    rosters: parts.flatMap(({ rosters }) => rosters),
  };
}

const WORKING_DAYS = ['MO', 'TU', 'WE', 'TH', 'FR'];
const ALL_DAYS = [...WORKING_DAYS, 'SA', 'SU'];
export const OFFICE_HOURS = [
  { days: WORKING_DAYS, opensAt: '08:30', closesAt: '12:00' },
  { days: WORKING_DAYS, opensAt: '14:00', closesAt: '17:30' },
];
export const EVERY_DAY = [{ days: ALL_DAYS, opensAt: '09:00', closesAt: '21:00' }];
export const ALL_DAY = [{ days: ALL_DAYS, opensAt: '00:00', closesAt: '24:00' }];
/** 12356 answers at least 18 hours a day (国家卫生健康委, 2024). */
export const EIGHTEEN_HOURS = [{ days: ALL_DAYS, opensAt: '06:00', closesAt: '24:00' }];

/** A number of the form that towns use, and of an area code that does not exist. */
export const landline = (random: Random) => [{ number: `0099-${random.int(2_000_000, 8_999_999)}` }];

/** How much room, as somebody said within the last weeks. */
export function drawnCapacity(random: Random, service: string, today: string): SeededEntry {
  const state = random.weighted([
    ['OPEN', 7],
    ['WAITLIST', 2],
    ['FULL', 1],
    ['ASSESS_FIRST', 1],
  ]);
  return { id: service, state, assuredDate: dayBefore(today, random.int(0, 20)) };
}

function dayBefore(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);
}
