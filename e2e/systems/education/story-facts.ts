/** What schools have on the people of the stories; what is not told here is drawn as for anybody. */
interface StoryFacts {
  readonly counselling?: readonly {
    readonly kind: 'GB' | 'TT' | 'JT' | 'WJ';
    readonly opened: string;
    readonly sessions: number;
    readonly last: string;
  }[];
  readonly assessment?: readonly { readonly date: string; readonly level: '0' | '1' | '2' | '3' }[];
  readonly protection?: readonly {
    readonly kind: 'QL' | 'CX';
    readonly opened: string;
    readonly status: '1' | '2';
  }[];
}

export const STORY_FACTS: Readonly<Record<string, StoryFacts>> = {
  // Her marks fell after her parents parted; the severe test of March 2026 led to the clinic.
  'pupil-in-crisis': {
    assessment: [
      { date: '2024-10-15', level: '0' },
      { date: '2025-10-14', level: '1' },
      { date: '2026-03-10', level: '3' },
      { date: '2026-09-22', level: '2' },
    ],
    counselling: [
      { kind: 'WJ', opened: '2026-03-11', sessions: 3, last: '2026-03-20' },
      { kind: 'GB', opened: '2026-03-27', sessions: 9, last: '2026-06-18' },
      { kind: 'GB', opened: '2026-09-10', sessions: 6, last: '2026-11-12' },
    ],
    protection: [{ kind: 'CX', opened: '2026-03-18', status: '2' }],
  },
  // His school knows nothing of the offence.
  'juvenile-offender': { assessment: [{ date: '2026-09-23', level: '0' }], counselling: [], protection: [] },
  'left-behind-child': {
    assessment: [{ date: '2026-10-20', level: '1' }],
    counselling: [{ kind: 'TT', opened: '2026-04-09', sessions: 8, last: '2026-11-05' }],
    protection: [],
  },
  'neighbour-pupil': {
    assessment: [{ date: '2026-10-13', level: '0' }],
    counselling: [{ kind: 'GB', opened: '2025-12-02', sessions: 4, last: '2026-01-06' }],
    protection: [],
  },
};
