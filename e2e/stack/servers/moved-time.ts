import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { debianProgram } from './debian-packages.ts';

/** A clock that a server of somebody else's lives by. */
export interface MovedTime {
  /** Of the server's process. */
  readonly environment: Readonly<Record<string, string>>;
  /** Ahead of the real time; in force within a second. */
  move(aheadMs: number): void;
}

/** The library that stands between a program and the system's clock. */
export async function installFaketime(): Promise<string> {
  return debianProgram({
    name: 'libfaketime',
    packages: ['libfaketime'],
    program: '/usr/lib/*/faketime/libfaketimeMT.so.1',
  });
}

export async function movedTime(folder: string): Promise<MovedTime> {
  const file = join(folder, 'moved-time');
  const move = (aheadMs: number) => writeFileSync(file, `+${Math.round(aheadMs / 1_000)}`);
  move(0);
  return {
    environment: {
      LD_PRELOAD: await installFaketime(),
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_CACHE_DURATION: '1',
      // What a program waits by goes on as it is.
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      // For a fault that glibc no longer has; with it no wait of Java's ends where it should, and Keycloak never starts.
      FAKETIME_FORCE_MONOTONIC_FIX: '0',
    },
    move,
  };
}
