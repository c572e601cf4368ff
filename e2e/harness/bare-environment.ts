/** What a program needs of this environment to run at all, and where Node keeps what it has compiled; nothing else. */
export function bareEnvironment(): Record<string, string> {
  const { PATH, HOME, TMPDIR, NODE_COMPILE_CACHE } = process.env;
  const all = Object.entries({ PATH, HOME, TMPDIR, NODE_COMPILE_CACHE });
  return Object.fromEntries(all.flatMap(([name, value = '']) => (value === '' ? [] : [[name, value]])));
}
