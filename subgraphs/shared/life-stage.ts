/** Life stages (生命全周期), a set, since they overlap; the SDL's enum `LifeStage`. */
export const LIFE_STAGES = [
  'PREMARITAL',
  'MARRIED',
  'PRENATAL',
  'POSTNATAL',
  'INFANCY',
  'STUDENT',
  'ADULT',
  'LATER_LIFE',
] as const;
export type LifeStage = (typeof LIFE_STAGES)[number];
