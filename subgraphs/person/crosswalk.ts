import { z } from 'zod';
import { isWithin } from '../../adapters/shared/division.ts';

const LINK_EVIDENCE = ['ID_NUMBER', 'MANUAL', 'GUARDIAN_DECLARED'] as const;
export type LinkEvidence = (typeof LINK_EVIDENCE)[number];

/** One line of the crosswalk: a person is known to a department under this local id. An undone line stays as it was. */
export const linkSchema = z
  .object({
    /** Value of the enum `Department`. */
    department: z.string(),
    localId: z.string(),
    /** Of the department's unit that keeps the record, GB/T 2260. */
    division: z.string(),
    evidence: z.enum(LINK_EVIDENCE),
    linkedBy: z.string(),
    /** ISO instant, as is `unlinkedAt`. */
    linkedAt: z.string(),
    unlinkedAt: z.string().nullable(),
    unlinkedBy: z.string().nullable(),
    unlinkReason: z.string().nullable(),
  })
  .readonly();
export type Link = z.infer<typeof linkSchema>;

/** Where a local id belongs: the department and the id there. */
export type LocalId = Pick<Link, 'department' | 'localId'>;

export const activeLinks = (links: readonly Link[]): readonly Link[] =>
  links.filter(({ unlinkedAt }) => unlinkedAt === null);

/** The active line of a local id; `undefined` where it is not linked, or not any more. */
export const lineOf = (links: readonly Link[], localId: LocalId): Link | undefined =>
  activeLinks(links).find((link) => sameLocalId(link, localId));

/** A department within a jurisdiction. */
export type Unit = Pick<Link, 'department' | 'division'>;

/** Where this unit, or one within it, keeps a record of the person. */
export const linksKeptBy = (links: readonly Link[], { department, division }: Unit): readonly Link[] =>
  activeLinks(links).filter((link) => link.department === department && isWithin(link.division, division));

/** The unique key that keeps a local id from belonging to two persons. */
export const linkKey = ({ department, localId }: LocalId): string => `link:${department}:${localId}`;

export const sameLocalId = (a: LocalId, b: LocalId): boolean =>
  a.department === b.department && a.localId === b.localId;

/** The crosswalk with this local id; unchanged where it is there already. */
export function withLink(
  links: readonly Link[],
  link: Omit<Link, 'unlinkedAt' | 'unlinkedBy' | 'unlinkReason'>,
): readonly Link[] {
  if (activeLinks(links).some((known) => sameLocalId(known, link))) return links;
  return [...links, { ...link, unlinkedAt: null, unlinkedBy: null, unlinkReason: null }];
}

/** The crosswalk with this local id undone; unchanged where it is not there. */
export function withoutLink(
  links: readonly Link[],
  { department, localId }: LocalId,
  { by, at, reason }: { by: string; at: string; reason: string },
): readonly Link[] {
  return links.map((link) =>
    link.unlinkedAt === null && sameLocalId(link, { department, localId })
      ? { ...link, unlinkedAt: at, unlinkedBy: by, unlinkReason: reason }
      : link,
  );
}
