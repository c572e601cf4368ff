/** A district at several sizes side by side, each in a store of its own. Test support. */
import { copyFileSync } from 'node:fs';
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

export interface Stage {
  readonly size: DistrictSize;
  readonly store: Store;
  /** With the checkpoints that were signed until then. */
  readonly place: ReturnType<typeof placeInMemory>;
  readonly loaded: readonly Loaded[];
  /** Removes what a server of databases was given; files are the caller's. */
  readonly drop: () => Promise<void>;
}

interface Growing {
  readonly folder: string;
  /** From the smallest on. */
  readonly sizes: readonly DistrictSize[];
  /** A server: each size is carried into a database of its own there, `xinqiao_test_…`. */
  readonly mongodb: string | null;
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
    const drop = carried?.drop ?? (async () => {});
    stages.push({ size, store, place, loaded: carried === null ? loaded : [...loaded, carried.loaded], drop });
  }
  return stages;
}

async function carriedInto(
  server: string,
  { file, size, say }: { file: string; size: DistrictSize } & Pick<Growing, 'say'>,
) {
  // Loads a driver, and what starts a server.
  const { databaseAt, dropDatabase } = await import('../../../../adapters/store/mongodb/mongodb-under-test.fixture.ts');
  const { fillDatabase, sizeOfDatabase } = await import('../../../../adapters/store/mongodb/fill-database.fixture.ts');
  const name = `xinqiao_test_${process.pid}_${size.people}`;
  const url = databaseAt(server, name);
  const began = performance.now();
  const usedBefore = process.cpuUsage();
  const lines = new Map<string, (done: number) => void>();
  await fillDatabase(file, url, (what, done) => {
    const to = what.startsWith('audit:') ? size.records : null;
    const progress = lines.get(what) ?? progressLines({ what: `into ${name}, ${what}`, from: 0, to, say });
    lines.set(what, progress);
    progress(done);
  });
  const { user, system } = process.cpuUsage(usedBefore);
  const loaded: Loaded = {
    what: 'carried',
    added: size.people + size.referrals + size.records,
    seconds: (performance.now() - began) / 1_000,
    processorSeconds: (user + system) / 1e6,
    bytes: await sizeOfDatabase(url),
  };
  return { url, loaded, drop: async () => dropDatabase(url) };
}

/** How many audit records the store has, all of them sound by the audit's own verification. Throws where one is not. */
export async function verifiedRecords({ store, place }: Pick<Stage, 'store' | 'place'>): Promise<number> {
  const report = await verifyAudit(store, { places: [await place.readAll()], keys: publicKeys });
  if (!isSound(report)) throw new Error(reportLines(report).join('\n'));
  return report.chains.reduce((sum, { records }) => sum + records, 0);
}
