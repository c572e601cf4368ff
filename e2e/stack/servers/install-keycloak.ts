import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder } from './cache-folder.ts';
import { debianProgram } from './debian-packages.ts';

const run = promisify(execFile);

export const KEYCLOAK_VERSION = '26.7.3';
const ARTIFACT = `org.keycloak:keycloak-quarkus-dist:${KEYCLOAK_VERSION}:zip`;
/** What it runs by, and what it is got by. */
const JAVA = { name: 'Java', packages: ['default-jre-headless'], program: 'java' };
const TOOLS = [
  { name: 'Maven', packages: ['maven'], program: 'mvn' },
  { name: 'unzip', packages: ['unzip'], program: 'unzip' },
];

/**
 * The folder of Keycloak, built for its embedded database. It is got by Maven, once; it stands in the cache folder under
 * its name only when it is whole. Java, Maven and unzip that are missing are installed first.
 */
export async function installKeycloak({ say = console.error }: { say?: (line: string) => void } = {}): Promise<string> {
  const installed = join(cacheFolder(), `keycloak-${KEYCLOAK_VERSION}-built`);
  if (process.env['JAVA_HOME'] === undefined) await debianProgram({ ...JAVA, say });
  if (existsSync(installed)) return installed;
  for (const tool of TOOLS) await debianProgram({ ...tool, say });
  mkdirSync(cacheFolder(), { recursive: true });
  const work = mkdtempSync(join(cacheFolder(), 'keycloak-new-'));
  try {
    say(`Keycloak ${KEYCLOAK_VERSION}: fetching it with Maven (about 180 MB)`);
    await step('mvn', ['-B', '-q', 'dependency:copy', `-Dartifact=${ARTIFACT}`, `-DoutputDirectory=${work}`]);
    await step('unzip', ['-q', join(work, `keycloak-quarkus-dist-${KEYCLOAK_VERSION}.zip`), '-d', work]);
    say(`Keycloak ${KEYCLOAK_VERSION}: building it, once (about half a minute)`);
    const folder = join(work, `keycloak-${KEYCLOAK_VERSION}`);
    await step(join(folder, 'bin', 'kc.sh'), ['build', '--db=dev-file', '--health-enabled=true']);
    putInPlace(folder, installed);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return installed;
}

/** Somebody else may have installed it meanwhile: theirs is as good. */
function putInPlace(folder: string, installed: string): void {
  try {
    renameSync(folder, installed);
  } catch (error) {
    if (!existsSync(installed)) throw error;
  }
}

async function step(command: string, args: readonly string[]): Promise<void> {
  try {
    await run(command, args, { maxBuffer: 64 * 1024 * 1024 });
  } catch (cause) {
    throw new Error(
      `Keycloak could not be installed; this failed: ${command} ${args.join(' ')}\n` +
        'It needs Java 17 or later, Maven with a repository that has Maven Central’s artifacts, and unzip ' +
        '(Debian: apt-get install default-jre-headless maven unzip). Or put an unpacked and built ' +
        `Keycloak ${KEYCLOAK_VERSION} into ${join(cacheFolder(), `keycloak-${KEYCLOAK_VERSION}-built`)}.`,
      { cause },
    );
  }
}
