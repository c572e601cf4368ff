/** What the bureau has on the people of the stories, by story; what is not told here is drawn as for anybody. */
import { ASSISTANCE, CHILD, ELDERLY_SERVICE, GUIDANCE } from './code-lists.ts';
import type { Code } from './code-lists.ts';

interface StoryFacts {
  readonly assistance?: readonly Code[];
  readonly childWelfare?: Code;
  readonly elderlyCare?: readonly Code[];
  readonly familyGuidance?: Code;
}

export const STORY_FACTS: Readonly<Record<string, StoryFacts>> = {
  'pupil-in-crisis': { assistance: [ASSISTANCE.subsistence, ASSISTANCE.medical], childWelfare: CHILD.difficulty },
  mother: { assistance: [ASSISTANCE.subsistence, ASSISTANCE.temporary], familyGuidance: GUIDANCE.family },
  'adult-patient': { assistance: [ASSISTANCE.subsistence, ASSISTANCE.medical] },
  'adult-patient-guardian': { assistance: [ASSISTANCE.subsistence], elderlyCare: [ELDERLY_SERVICE.meals] },
  'retired-worker': { assistance: [], elderlyCare: [ELDERLY_SERVICE.visit, ELDERLY_SERVICE.meals] },
  'left-behind-child': { assistance: [ASSISTANCE.temporary], childWelfare: CHILD.leftBehind },
  'left-behind-grandmother': { elderlyCare: [ELDERLY_SERVICE.visit] },
};
