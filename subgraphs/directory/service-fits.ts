import type { Capacity } from './capacity.ts';
import type { LifeStage } from '../shared/life-stage.ts';
import { isOpen } from './schedule.ts';
import type { Service } from './service.ts';

/** Completed years, both ends included. */
export interface AgeBand {
  readonly from: number;
  readonly to: number;
}

/** May somebody of this band be eligible? Only what is certain excludes: a band that touches the service's ages fits. */
export function fitsAge({ eligibility: { minimumAge, maximumAge } }: Service, { from, to }: AgeBand): boolean {
  return to >= (minimumAge ?? 0) && from <= (maximumAge ?? Number.POSITIVE_INFINITY);
}

/** A service that names no stage takes all. */
export function fitsLifeStage({ eligibility: { lifeStages } }: Service, stage: LifeStage): boolean {
  return lifeStages.length === 0 || lifeStages.includes(stage);
}

/** `zh` finds `zh-Hant` too, `zh-Hant` only itself (RFC 4647, basic filtering). */
export function speaks({ languages }: Pick<Service, 'languages'>, wanted: string): boolean {
  const range = wanted.toLowerCase();
  return languages.some((tag) => tag.toLowerCase() === range || tag.toLowerCase().startsWith(`${range}-`));
}

/** Open by its schedule at this instant, and known to have room. */
export function isFreeAt({ schedules }: Service, capacity: Capacity | null, at: number): boolean {
  return capacity?.state === 'OPEN' && isOpen(schedules, at);
}
