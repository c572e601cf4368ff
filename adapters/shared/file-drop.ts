import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { csvTable } from './csv-table.ts';
import { dropListing, type NightFile } from './drop-listing.ts';
import { dropManifest, type ManifestLine } from './drop-manifest.ts';
import type { BadRow } from './dropped-rows.ts';
import { FileRefused, type RefusalReason } from './file-refused.ts';
import { droppedFileVersion, readDroppedFile } from './read-dropped-file.ts';
import { SourceError } from './source-error.ts';
import type { SourceLog } from './source-log.ts';
import { TABLE_LIMITS, type Table, type TableLimits } from './table.ts';
import { xlsxTable } from './xlsx-table.ts';

export interface FileDropOptions {
  /** Slug of the department. */
  readonly source: string;
  /** Read only: nothing is written, moved or removed there. */
  readonly folder: string;
  /** The night's manifest is `<manifestStem>_<yyyymmdd>.csv`; a file counts from when it stands there with its checksum. */
  readonly manifestStem: string;
  /** How long an answer stands before the folder is looked at again. */
  readonly checkEveryMs?: number;
  readonly limits?: Partial<TableLimits>;
  readonly log?: DropLog | undefined;
  readonly now?: () => number;
}

export interface DropLog extends SourceLog {
  info(details: object, message?: string): void;
}

/** One kind of file that comes every night, each a whole list that replaces the last. */
export interface DropKind<T> {
  /** `家庭关爱` for `家庭关爱_20261120.csv`. */
  readonly stem: string;
  /** Makes of a table what is kept in memory. Throws `FileRefused`. */
  index(table: Table): { readonly value: T; readonly bad: readonly BadRow[] };
}

/** The last good file of a kind. */
export interface InForce<T> {
  readonly value: T;
  readonly file: string;
  /** Midnight, China, of the file's night. */
  readonly asOf: string;
  /** False while a newer file is there that was set aside or is not complete, and once this one is no longer there. */
  readonly newest: boolean;
  readonly bad: readonly BadRow[];
}

export interface RefusedFile {
  readonly file: string;
  readonly reason: RefusalReason;
}

export interface FileDrop {
  /** The reader of one kind. It throws `SourceError`; unchanged files are not read again. */
  follow<T>(kind: DropKind<T>): () => Promise<InForce<T>>;
  /** Files set aside at the last look, with their reasons. */
  refused(): readonly RefusedFile[];
  /** Resolves when the folder can be read. Throws `SourceError`. */
  probe(): Promise<void>;
}

interface Held<T> extends Omit<InForce<T>, 'newest'> {
  readonly night: string;
  readonly version: string;
}

/** Not bad, only not there yet: the exporter is still at it. */
const PENDING: ReadonlySet<RefusalReason> = new Set(['NO_MANIFEST', 'NOT_IN_MANIFEST', 'CHANGED_WHILE_READ']);
/** Nights looked through for a good file after a start. */
const MAX_NIGHTS = 40;

/**
 * A folder into which a department drops files each night. A file that is half-written, malformed, too big, a link or
 * anything but what it should be is set aside with its reason, in memory and in the log, since the hub may only read
 * there; the last good one stays in force.
 */
export function fileDrop(options: FileDropOptions): FileDrop {
  const refusedByKind = new Map<string, ReadonlyMap<string, Refusal>>();
  return {
    follow: (kind) => followerOf(kind, options, (refusals) => refusedByKind.set(kind.stem, refusals)),
    refused: () =>
      [...refusedByKind.values()].flatMap((kind) => [...kind].map(([file, { reason }]) => ({ file, reason }))),
    async probe() {
      await listed(options);
    },
  };
}

interface Refusal {
  readonly reason: RefusalReason;
  readonly version: string;
}

function followerOf<T>(
  kind: DropKind<T>,
  options: FileDropOptions,
  report: (refusals: ReadonlyMap<string, Refusal>) => void,
): () => Promise<InForce<T>> {
  const { checkEveryMs = 5_000, now = Date.now } = options;
  let held: Held<T> | null = null;
  let newest = true;
  let refusals: ReadonlyMap<string, Refusal> = new Map();
  let checkedAt = Number.NEGATIVE_INFINITY;
  let running: Promise<void> | null = null;

  async function look() {
    const files = (await listed(options)).filter(({ stem }) => stem === kind.stem).slice(0, MAX_NIGHTS);
    const seen = new Map<string, Refusal>();
    let isThere = false;
    for (const file of files) {
      if (held !== null && file.night < held.night) break;
      const found = await tried({ file, kind, options, held, known: refusals.get(file.name) });
      if ('held' in found) {
        held = found.held;
        isThere = true;
        break;
      }
      seen.set(file.name, found);
    }
    newest = isThere && seen.size === 0;
    refusals = seen;
    report(seen);
    checkedAt = now();
  }

  return async () => {
    if (held === null || now() - checkedAt >= checkEveryMs) {
      running ??= look().finally(() => (running = null));
      await running;
    }
    if (held === null) throw nothingGood(options.source, refusals);
    const { value, file, asOf, bad } = held;
    return { value, file, asOf, bad, newest };
  };
}

interface Try<T> {
  readonly file: NightFile;
  readonly kind: DropKind<T>;
  readonly options: FileDropOptions;
  readonly held: Held<T> | null;
  readonly known: Refusal | undefined;
}

/** The file, if it is good; what was made of it before, if it has not changed since. */
async function tried<T>({ file, kind, options, held, known }: Try<T>): Promise<{ held: Held<T> } | Refusal> {
  const version = await versionOf(file, options);
  if (held?.file === file.name && held.version === version) return { held };
  if (known?.version === version) return known;
  const { source, log } = options;
  try {
    const loaded = await load(file, kind, options);
    const [first] = loaded.bad;
    if (first === undefined) log?.info({ source, file: file.name }, 'dropped file in force');
    else
      log?.warn(
        { source, file: file.name, badRows: loaded.bad.length, line: first.line, reason: first.reason },
        'dropped file in force without its unusable rows',
      );
    return { held: { ...loaded, version } };
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error;
    const { reason } = error;
    log?.[PENDING.has(reason) ? 'info' : 'warn']({ source, file: file.name, reason }, 'dropped file set aside');
    return { reason, version };
  }
}

async function load<T>(
  file: NightFile,
  kind: DropKind<T>,
  options: FileDropOptions,
): Promise<Omit<Held<T>, 'version'>> {
  const limits = { ...TABLE_LIMITS, ...options.limits };
  const line = await manifestLine(file, options);
  const { bytes } = await readDroppedFile(join(options.folder, file.name), limits);
  if (createHash('sha256').update(bytes).digest('hex') !== line.sha256) throw new FileRefused('CHECKSUM_MISMATCH');
  const table = file.extension === 'xlsx' ? xlsxTable(bytes, limits) : await csvTable(bytes, limits);
  const { value, bad } = kind.index(table);
  // After the headings: of a file that is no table at all they tell more than its length does.
  if (table.rows.length !== line.rows) throw new FileRefused('ROW_COUNT_MISMATCH');
  return { value, bad, file: file.name, night: file.night, asOf: `${file.night}T00:00:00+08:00` };
}

async function manifestLine({ name, night }: NightFile, options: FileDropOptions): Promise<ManifestLine> {
  const manifest = await dropManifest(manifestPath(night, options)).catch((cause: unknown) => {
    throw new FileRefused('NO_MANIFEST', { cause });
  });
  const line = manifest.get(name.normalize('NFC'));
  if (line === undefined) throw new FileRefused('NOT_IN_MANIFEST');
  return line;
}

const manifestPath = (night: string, { folder, manifestStem }: FileDropOptions) =>
  join(folder, `${manifestStem}_${night.replaceAll('-', '')}.csv`);

/** Changes when the file or the manifest of its night does. */
async function versionOf({ name, night }: NightFile, options: FileDropOptions): Promise<string> {
  const paths = [join(options.folder, name), manifestPath(night, options)];
  const versions = paths.map((path) =>
    droppedFileVersion(path).catch((error: unknown) => (error instanceof FileRefused ? error.reason : 'UNREADABLE')),
  );
  return (await Promise.all(versions)).join('|');
}

async function listed({ folder, source }: FileDropOptions): Promise<readonly NightFile[]> {
  try {
    return await dropListing(folder);
  } catch (cause) {
    throw new SourceError('SOURCE_UNAVAILABLE', { source, cause });
  }
}

function nothingGood(source: string, refusals: ReadonlyMap<string, Refusal>): SourceError {
  const bad = [...refusals.values()].find(({ reason }) => !PENDING.has(reason));
  if (bad === undefined) return new SourceError('SOURCE_UNAVAILABLE', { source });
  return new SourceError('SOURCE_INVALID', { source, cause: new FileRefused(bad.reason) });
}
