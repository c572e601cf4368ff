import type { BilingualText } from '../consent/consent-text.ts';
import type { OwnSubject } from './own-subject.ts';

interface Addressed {
  /** Whose data they are. */
  readonly person: BilingualText;
  readonly guardian: BilingualText;
  readonly both: BilingualText;
}

/** How a text names the person and the guardian to whoever reads it. */
export const ADDRESSED: Readonly<Record<OwnSubject['as'], Addressed>> = {
  SELF: {
    person: { zh: '您', en: 'you' },
    guardian: { zh: '您的监护人', en: 'your guardian' },
    both: { zh: '您和您的监护人', en: 'you and your guardian' },
  },
  // A guardian reads of a ward, and perhaps of what the other guardian did.
  GUARDIAN: {
    person: { zh: '本人', en: 'the person' },
    guardian: { zh: '监护人', en: 'a guardian' },
    both: { zh: '本人和监护人', en: 'the person and a guardian' },
  },
};
