import { type Every, every as repeat } from '../shared/every.ts';
import { oneAtATime } from '../shared/one-at-a-time.ts';
import { KeyFault } from './key-ring.ts';
import { type KeySource, readKeys } from './key-source.ts';
import type { OpenVault } from './open-vault.ts';

const LOOK_EVERY_MS = 10_000;

interface FollowOptions {
  readonly source: KeySource;
  readonly log: {
    info(entry: object, message: string): void;
    error(entry: object, message: string): void;
  };
  readonly every?: Every;
}

/**
 * Looks at the source of the keys again and again: a new current key is taken, and all data keys are wrapped with it in
 * the background, while texts go on being sealed and opened. A source that is broken leaves the present keys in force.
 */
export function followKeys(
  vault: OpenVault,
  { source, log, every = repeat }: FollowOptions,
): { look(): Promise<void>; close(): Promise<void> } {
  async function lookNow(): Promise<void> {
    try {
      const ring = await readKeys(source);
      vault.useKeys(ring);
      const needed = await vault.neededKeys();
      for (const [key, persons] of needed)
        if (!ring.keys.has(key))
          log.error({ key, persons }, 'a key that texts need is missing from the key source; put it back');
      if ([...needed.keys()].every((key) => key === ring.current || !ring.keys.has(key))) return;
      log.info({ to: ring.current }, 'keys are rotated');
      const rewrapped = await vault.rewrap();
      log.info({ to: ring.current, rewrapped }, 'keys were rotated');
      for (const [key, persons] of await vault.neededKeys())
        if (key !== ring.current && ring.keys.has(key))
          log.error({ key, persons }, 'data keys could not be wrapped anew; keep their key, and restore them');
    } catch (error) {
      const problem = error instanceof KeyFault ? error.message : undefined;
      log.error(
        { from: source.kind, cause: error, problem },
        'the encryption keys could not be read again; the present ones stay in force',
      );
    }
  }

  const look = oneAtATime(lookNow);
  let last: Promise<void> | null = null;
  const stop = every(LOOK_EVERY_MS, () => {
    last = look();
  });
  return {
    look,
    close: async () => {
      stop();
      await last;
    },
  };
}
