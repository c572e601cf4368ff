import { isWithin } from '../../../adapters/shared/division.ts';
import type { Caller } from '../../shared/caller.ts';
import { activeLinks, type Link } from '../crosswalk.ts';

/** Where the caller's own department keeps a record of the person, within the caller's jurisdiction. */
export function ownLinks({ caller }: { caller: Caller }, links: readonly Link[]): readonly Link[] {
  const { department, division } = caller;
  if (division === null) return [];
  return activeLinks(links).filter((link) => link.department === department && isWithin(link.division, division));
}
