import type { KeyObject } from 'node:crypto';
import type { Store } from '../../store/port.ts';
import { bearsItsHash, GENESIS } from '../chain-hash.ts';
import { type Checkpoint, wrongWithCheckpoints } from '../checkpoint.ts';
import { AUDIT_LOG_PREFIX } from '../port.ts';
import { type ChainReport, verifyChain } from './verify-chain.ts';

export interface AuditReport {
  /** Why nothing could be verified, or what is wrong with the checkpoints themselves; `null` = they are sound. */
  readonly checkpoints: string | null;
  readonly chains: readonly ChainReport[];
}

/** Compares all chains of a store with the checkpoints of another place. */
export async function verifyAudit(
  store: Store,
  {
    checkpoints,
    keys,
    progress,
  }: {
    checkpoints: readonly Checkpoint[];
    keys: ReadonlyMap<string, KeyObject>;
    progress?: (log: string, records: number) => void;
  },
): Promise<AuditReport> {
  const last = checkpoints.at(-1);
  if (last === undefined)
    return { checkpoints: 'there is no checkpoint at that place: nothing can be verified', chains: [] };
  const wrong = wrongWithCheckpoints(checkpoints, keys);
  if (wrong !== null) return { checkpoints: wrong, chains: [] };
  const logs = new Set([...(await store.logs(AUDIT_LOG_PREFIX)), ...last.heads.map(({ log }) => log)]);
  const chains: ChainReport[] = [];
  for (const log of [...logs].toSorted()) {
    const anchors = checkpoints.flatMap(({ n, heads }) =>
      heads.filter((head) => head.log === log).map(({ sequence, hash }) => ({ sequence, hash, checkpoint: n })),
    );
    const retired = last.retired.find((head) => head.log === log) ?? null;
    const options = { anchors: anchors.filter(({ sequence }) => sequence > (retired?.sequence ?? 0)), retired };
    chains.push(
      await verifyChain(store, log, {
        ...options,
        bearsItsHash,
        genesis: GENESIS,
        progress: (records) => progress?.(log, records),
      }),
    );
  }
  return { checkpoints: null, chains };
}

export function isSound({ checkpoints, chains }: AuditReport): boolean {
  return checkpoints === null && chains.every(({ problem }) => problem === null);
}

const TAIL_SHOWN = 10;

/** The report in lines for people. */
export function reportLines({ checkpoints, chains }: AuditReport): readonly string[] {
  if (checkpoints !== null) return [`NOT VERIFIED: ${checkpoints}`];
  return chains.flatMap(({ log, records, anchoredTo, tail, problem }) => {
    if (problem !== null)
      return [
        `BAD  ${log} ${problem.sequence}${problem.id === null ? '' : ` (id ${problem.id})`}: ${problem.what}`,
        `     sound up to record ${anchoredTo}, as a checkpoint signed it`,
      ];
    const shown = tail
      .slice(0, TAIL_SHOWN)
      .map(({ sequence, id }) => `     not yet anchored: ${log} ${sequence} (id ${id})`);
    const more = tail.length > TAIL_SHOWN ? [`     … and ${tail.length - TAIL_SHOWN} more`] : [];
    return [`ok   ${log}: ${records} records, anchored up to ${anchoredTo}`, ...shown, ...more];
  });
}
