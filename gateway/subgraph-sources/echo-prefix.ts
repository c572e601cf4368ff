/** Begins the keys under which entities repeat their IDs; nobody asked for these, so nobody misses them. */
export const ECHO_PREFIX = 'xinqiao_echo_';
