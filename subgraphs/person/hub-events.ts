import type { HubRequest } from '../shared/hub-request.ts';

/** Something on a person's timeline that the hub itself keeps. */
export interface HubEvent {
  readonly date: string;
  readonly department: string;
  readonly code: string;
  readonly title: string;
  readonly organisation: string;
}

/** Such as this caller may see, for the purpose; of a person whom they see. */
export type HubEvents = (personId: string, request: HubRequest) => Promise<readonly HubEvent[]>;

/** Under which they stand on the timeline and in the audit record: no department's category. */
export const REFERRALS_CATEGORY = 'hub:referrals';

/** Of a hub that keeps none. */
export const noHubEvents: HubEvents = async () => [];
