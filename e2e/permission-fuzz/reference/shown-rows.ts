import type { Row } from '../world/facts.ts';
import type { Basis } from './asking.ts';

/**
 * Domain, section 4: what is sealed shows to its own department alone (刑事诉讼法 art. 286); what a clinician withheld for
 * the person's good (精神卫生法 art. 47) to everybody but the person and the guardian.
 */
export function isShownUnder(basis: Basis, { sealed, withheld }: Row): boolean {
  if (sealed && basis !== 'OWN_RECORD') return false;
  return !(withheld && basis === 'SELF');
}
