import type { Party } from '../party.ts';

/** The part of a directory entry that a supervisor is found by. */
interface Supervised {
  readonly department: string | null;
  readonly division: string;
  readonly supervisor: string | null;
  readonly retiredAt: string | null;
}

type LoadOrganisation = (id: string) => Promise<{ readonly data: Supervised } | null>;

/** Whom the directory names as the supervisor of an organisation; `null` = nobody, or one that is no more. */
export function supervisorOf(load: LoadOrganisation): (organisation: string) => Promise<Party | null> {
  return async (organisation) => {
    const id = (await load(organisation))?.data.supervisor ?? null;
    const found = id === null ? null : await load(id);
    if (id === null || found === null || found.data.retiredAt !== null) return null;
    const { department, division } = found.data;
    return { department, organisation: id, division };
  };
}
