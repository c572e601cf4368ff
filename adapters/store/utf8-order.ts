/** The order in which every engine keeps texts: by UTF-8 bytes, that is by code points, not by UTF-16 as `<` does. */
export const utf8Order = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));
