import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where the real servers are kept between runs: `XINQIAO_SERVERS`, else `~/.cache/xinqiao/servers`. */
export function cacheFolder(): string {
  return process.env['XINQIAO_SERVERS'] || join(homedir(), '.cache', 'xinqiao', 'servers');
}
