/** Events of this type wait in the outbox until the person's team has those who joined on the referral. */
export const TEAM_JOINED = 'REFERRAL_TEAM_JOINED';
