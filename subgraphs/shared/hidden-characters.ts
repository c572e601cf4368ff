/**
 * For a character class with the flag `u`: what stands in a text and does not show, turns it around, or begins a line
 * without being a line end. With it a name or an id poses as another (case 57). Controls are each text's own matter.
 */
export const HIDDEN = String.raw`\p{Cs}\p{Bidi_Control}\u200b\u2028\u2029\u2060-\u2064\ufeff`;

/** The same, and every control, for a text on one line; joiners shape letters in prose and hide in a name. */
export const HIDDEN_IN_LINE = String.raw`\p{Cc}\u200c\u200d${HIDDEN}`;
