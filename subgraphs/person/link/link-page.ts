import type { RegisterEntry } from '../../../adapters/shared/source.ts';
import type { Department } from '../../../schema/departments.ts';
import { lineOf, linkKey, type LocalId, sameLocalId } from '../crosswalk.ts';
import { identityConflict } from '../identity-conflict.ts';
import { recordLinkConflict, type LinkConflict } from '../link-conflict.ts';
import { addLink } from '../link-person.ts';
import { idHashKey, persons, type StoredPerson } from '../person.ts';
import type { PersonServices } from '../person-outcome.ts';

/** Who stands as `linkedBy` in the crosswalk. */
const LINKER = 'xinqiao:link';

/** A line of the register that a human has to look at. */
export interface Uncertain {
  readonly localId: string;
  readonly kind: LinkConflict['kind'];
  readonly personIds: readonly string[];
}

export interface PageResult {
  readonly linked: number;
  readonly known: number;
  readonly uncertain: readonly Uncertain[];
}

export interface LinkServices extends Pick<PersonServices, 'store' | 'idNumberHash' | 'now' | 'by'> {
  readonly department: Department;
  /** Finds, but changes nothing. */
  readonly dryRun: boolean;
}

type Verdict = 'LINKED' | 'KNOWN' | 'UNKNOWN' | Uncertain;

/** Links those of a page who are in the hub already, where it is certain; the others are not the hub's business. */
export async function linkPage(services: LinkServices, entries: readonly RegisterEntry[]): Promise<PageResult> {
  const { store, idNumberHash, department } = services;
  const hashes = entries.map(({ idNumber }) => (idNumber === null ? null : idNumberHash(idNumber)));
  const byNumber = await store.findByKeys(
    persons,
    hashes.map((hash) => idHashKey(hash ?? '')),
  );
  const holders = await store.findByKeys(
    persons,
    entries.map(({ localId }) => linkKey({ department: department.code, localId })),
  );
  const verdicts: Verdict[] = [];
  const met = new Set<string>();
  // One after the other: two lines of one page may bear the same local id.
  for (const [i, entry] of entries.entries()) {
    const again = met.has(entry.localId) ? await store.findByKey(persons, linkKey(localIdOf(services, entry))) : null;
    met.add(entry.localId);
    verdicts.push(await judge(services, entry, { person: byNumber[i] ?? null, holder: again ?? holders[i] ?? null }));
  }
  return {
    linked: verdicts.filter((verdict) => verdict === 'LINKED').length,
    known: verdicts.filter((verdict) => verdict === 'KNOWN').length,
    uncertain: verdicts.filter((verdict) => typeof verdict === 'object'),
  };
}

/** Certain is: the same ID number, nothing that contradicts it, and a local id that is nobody else's. */
async function judge(
  services: LinkServices,
  entry: RegisterEntry,
  { person, holder }: { person: StoredPerson | null; holder: StoredPerson | null },
): Promise<Verdict> {
  const other = holder !== null && contradicts(services, entry, { person, holder });
  if (other) {
    const personIds = person === null ? [holder.id] : [person.id, holder.id];
    return uncertain(services, entry, { kind: 'LOCAL_ID_OF_TWO_PERSONS', personIds, subject: holder });
  }
  const subject = person ?? holder;
  if (subject === null) return 'UNKNOWN';
  const contradiction = identityConflict(subject.data, entry);
  if (contradiction !== null) {
    return uncertain(services, entry, { kind: contradiction, personIds: [subject.id], subject });
  }
  if (holder !== null) return 'KNOWN';
  // A human undid this very link: a machine does not make it again.
  if (wasUndone(subject, localIdOf(services, entry))) return 'UNKNOWN';
  return services.dryRun ? 'LINKED' : link(services, entry, subject);
}

/** The register says by its ID number that the local id is somebody else than the crosswalk has. */
function contradicts(
  { idNumberHash }: LinkServices,
  { idNumber }: RegisterEntry,
  { person, holder }: { person: StoredPerson | null; holder: StoredPerson },
): boolean {
  if (person !== null) return person.id !== holder.id;
  return idNumber !== null && holder.data.idHash !== null && idNumberHash(idNumber) !== holder.data.idHash;
}

function wasUndone({ data }: StoredPerson, localId: LocalId): boolean {
  return lineOf(data.links, localId) === undefined && data.links.some((link) => sameLocalId(link, localId));
}

async function link(services: LinkServices, entry: RegisterEntry, { id, data }: StoredPerson): Promise<Verdict> {
  const division = entry.division ?? data.division;
  const line = { ...localIdOf(services, entry), division, evidence: 'ID_NUMBER', by: LINKER } as const;
  const linked = await addLink(services, id, line);
  // Null: somebody linked the same local id to another person a moment ago; the conflict is recorded.
  return linked === null ? { localId: entry.localId, kind: 'LOCAL_ID_OF_TWO_PERSONS', personIds: [id] } : 'LINKED';
}

async function uncertain(
  services: LinkServices,
  entry: RegisterEntry,
  { subject, ...finding }: Pick<LinkConflict, 'kind' | 'personIds'> & { readonly subject: StoredPerson },
): Promise<Uncertain> {
  if (!services.dryRun) {
    const foundAt = new Date(services.now()).toISOString();
    const local = localIdOf(services, entry);
    // Who keeps the record decides; where nobody does yet, the unit of the place that the register names.
    const division = lineOf(subject.data.links, local)?.division ?? entry.division ?? subject.data.division;
    await recordLinkConflict(services, { ...finding, ...local, division, foundAt });
  }
  return { localId: entry.localId, ...finding };
}

const localIdOf = ({ department }: LinkServices, { localId }: RegisterEntry): LocalId => ({
  department: department.code,
  localId,
});
