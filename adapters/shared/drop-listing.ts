import { opendir } from 'node:fs/promises';
import { FileRefused } from './file-refused.ts';

/** A file of one night, by its name `<stem>_<yyyymmdd>.<csv|xlsx>`. */
export interface NightFile {
  readonly name: string;
  readonly stem: string;
  /** ISO date. */
  readonly night: string;
  readonly extension: 'csv' | 'xlsx';
}

const MAX_ENTRIES = 20_000;
const NAME = /^(.{1,80})_(\d{4})(\d{2})(\d{2})\.(csv|xlsx)$/iu;

/** The night files of a folder, newest night first; other names (temporary files, sub-folders, lock files) are passed over. */
export async function dropListing(folder: string): Promise<readonly NightFile[]> {
  const files: NightFile[] = [];
  let entries = 0;
  for await (const { name } of await opendir(folder)) {
    entries += 1;
    if (entries > MAX_ENTRIES) throw new FileRefused('TOO_BIG');
    const file = nightFile(name);
    if (file !== null) files.push(file);
  }
  return files.toSorted((a, b) => (a.night === b.night ? compare(a.name, b.name) : compare(b.night, a.night)));
}

function nightFile(name: string): NightFile | null {
  // Full-width digits and decomposed characters occur in names too.
  const [, stem, year, month, day, extension] = NAME.exec(name.normalize('NFKC')) ?? [];
  const night = `${year}-${month}-${day}`;
  if (stem === undefined || Number.isNaN(Date.parse(night)) || new Date(night).toISOString().slice(0, 10) !== night)
    return null;
  return { name, stem, night, extension: extension?.toLowerCase() === 'xlsx' ? 'xlsx' : 'csv' };
}

const compare = (a: string, b: string) => (a < b ? -1 : Number(a > b));
