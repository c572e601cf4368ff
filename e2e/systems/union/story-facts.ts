/** What the union has on the people of the stories, by story; what is not told here is drawn as for anybody. */
import { AID, PROGRAMMES, STAGES } from './code-lists.ts';
import type { Code } from './code-lists.ts';

interface StoryFacts {
  readonly assistance?: readonly { readonly programme: Code; readonly opened: string; readonly sessions: number }[];
  readonly aid?: readonly { readonly kind: Code; readonly date: string; readonly yuan: number }[];
  readonly mediation?: readonly { readonly dispute: string; readonly stage: string; readonly opened: string }[];
}

const NOTHING = { assistance: [], aid: [], mediation: [] } as const satisfies StoryFacts;

export const STORY_FACTS: Readonly<Record<string, StoryFacts>> = {
  'pupil-in-crisis': { ...NOTHING, aid: [{ kind: AID.schooling, date: '2026-08-28', yuan: 3_000 }] },
  mother: {
    ...NOTHING,
    assistance: [{ programme: PROGRAMMES.family, opened: '2026-04-02', sessions: 6 }],
    aid: [
      { kind: AID.living, date: '2026-01-20', yuan: 2_000 },
      { kind: AID.living, date: '2025-01-16', yuan: 1_500 },
    ],
  },
  'adult-patient-guardian': { ...NOTHING, aid: [{ kind: AID.medical, date: '2024-11-08', yuan: 5_000 }] },
  'retired-worker': { ...NOTHING, aid: [{ kind: AID.living, date: '2026-02-06', yuan: 800 }] },
  'migrant-worker': {
    ...NOTHING,
    mediation: [{ dispute: '劳动报酬', stage: STAGES.underWay, opened: '2026-09-21' }],
  },
  'juvenile-offender-guardian': NOTHING,
  'new-mother': {
    ...NOTHING,
    assistance: [{ programme: PROGRAMMES.individual, opened: '2026-10-12', sessions: 2 }],
  },
};
