/** As the hub makes ids of referrals. What looks otherwise is nobody's: it is neither asked for nor heard. */
const REFERRAL_ID = /^[0-9a-z]{9}-[0-9a-z-]{1,40}$/;

export const isReferralId = (id: string): boolean => REFERRAL_ID.test(id);
