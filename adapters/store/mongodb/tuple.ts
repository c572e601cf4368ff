/** Ends a part; no part contains it. Lower than whatever may go on a part, so that tuples are ordered part by part. */
export const END = '\0\0';
const NUL = '\0\u0001';

/**
 * Texts as one text whose order by UTF-8 bytes is the order of the tuple, part by part. So one range of one field is a
 * range of tuples, whatever the parts are, and no part can be anything but a text (case 55).
 */
export const tuple = (...parts: readonly string[]): string =>
  parts.map((part) => part.toWellFormed().replaceAll('\0', NUL)).join(END);

/** The parts again, as MongoDB keeps them: a lone surrogate is U+FFFD. */
export const partsOf = (text: string): readonly string[] => text.split(END).map((part) => part.replaceAll(NUL, '\0'));

/** Behind every tuple that begins with these parts. */
export const behind = (...parts: readonly string[]): string => `${tuple(...parts)}${NUL}`;
