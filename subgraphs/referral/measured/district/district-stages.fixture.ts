/** A district at several sizes side by side, each in a store of its own. Test support. */
import { copyFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { placeInMemory, publicKeys } from '../../../../adapters/audit/audit.fixture.ts';
import { isSound, reportLines, verifyAudit } from '../../../../adapters/audit/cli/verify-audit.ts';
import { readSettings } from '../../../../adapters/shared/settings.ts';
import { openStore } from '../../../../adapters/store/open-store.ts';
import type { Store } from '../../../../adapters/store/port.ts';
import { storeSettings } from '../../../../adapters/store/settings.ts';
import { keptReferrals } from '../many-referrals.fixture.ts';
import { type DistrictSize, growDistrict, type Loaded, NOTHING } from './grow-district.fixture.ts';
import { progressLines } from './progress-lines.fixture.ts';

/** A server of the protocol, and where it keeps what it is given. */
export interface MongodbPlace {
  readonly url: string;
  readonly folder: string;
}

export interface Stage {
  readonly size: DistrictSize;
  readonly store: Store;
  /** With the checkpoints that were signed until then. */
  readonly place: ReturnType<typeof placeInMemory>;
  readonly loaded: readonly Loaded[];
}

interface Growing {
  readonly folder: string;
  /** From the smallest on. */
  readonly sizes: readonly DistrictSize[];
  /** Each size is carried into a database of its own there. */
  readonly mongodb: MongodbPlace | null;
  readonly say?: ((line: string) => void) | undefined;
}

/** One store grows, and a copy of it stays at each size. */
export async function districtStages({ folder, sizes, mongodb, say }: Growing): Promise<readonly Stage[]> {
  const kept = await keptReferrals();
  const signed = placeInMemory();
  const growing = join(folder, 'district.db');
  const stages: Stage[] = [];
  for (const [i, size] of sizes.entries()) {
    const from = sizes[i - 1] ?? NOTHING;
    const loaded = await growDistrict(growing, { kept, place: signed, from, to: size, say });
    const file = i === sizes.length - 1 ? growing : join(folder, `district-${size.people}.db`);
    if (file !== growing) copyFileSync(growing, file);
    const place = placeInMemory();
    place.written.push(...signed.written);
    const carried = mongodb === null ? null : await carriedInto(mongodb, { file, size, say });
    const url = carried?.url ?? `sqlite:${file}`;
    const store = await openStore(readSettings(storeSettings, { STORE_URL: url }).values);
    stages.push({ size, store, place, loaded: carried === null ? loaded : [...loaded, carried.loaded] });
  }
  return stages;
}

async function carriedInto(
  { url: server, folder }: MongodbPlace,
  { file, size, say }: { file: string; size: DistrictSize } & Pick<Growing, 'say'>,
) {
  // Loads a driver, and what starts a server.
  const { fillDatabase } = await import('../../../../adapters/store/mongodb/fill-database.fixture.ts');
  const url = `${server}scale_${size.people}`;
  const [began, before] = [performance.now(), folderSize(folder)];
  const usedBefore = process.cpuUsage();
  const lines = new Map<string, (done: number) => void>();
  await fillDatabase(file, url, (what, done) => {
    const to = what.startsWith('audit:') ? size.records : what === 'documents' ? size.people + size.referrals : null;
    const progress = lines.get(what) ?? progressLines({ what: `into ${url}, ${what}`, from: 0, to, say });
    lines.set(what, progress);
    progress(done);
  });
  const { user, system } = process.cpuUsage(usedBefore);
  const loaded: Loaded = {
    what: 'carried',
    added: size.people + size.referrals + size.records,
    seconds: (performance.now() - began) / 1_000,
    processorSeconds: (user + system) / 1e6,
    bytes: folderSize(folder) - before,
  };
  return { url, loaded };
}

const folderSize = (folder: string): number =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .reduce((sum, one) => sum + (statSync(join(one.parentPath, one.name), { throwIfNoEntry: false })?.size ?? 0), 0);

/** How many audit records the store has, all of them sound by the audit's own verification. Throws where one is not. */
export async function verifiedRecords({ store, place }: Pick<Stage, 'store' | 'place'>): Promise<number> {
  const report = await verifyAudit(store, { checkpoints: await place.readAll(), keys: publicKeys });
  if (!isSound(report)) throw new Error(reportLines(report).join('\n'));
  return report.chains.reduce((sum, { records }) => sum + records, 0);
}
