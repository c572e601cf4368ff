/** The people whose stories the demo and the tests tell: the same in every world, whatever its seed and size. */
import {
  ADULT_PATIENT,
  MIGRANT_WORKER,
  RETIRED_WORKER,
  SEALED_RIGHTS_CASE,
  UNKNOWN_TO_ALL,
} from './stories-of-adults.ts';
import { JUVENILE_OFFENDER, LEFT_BEHIND, NEIGHBOUR, NEW_MOTHER, PUPIL } from './stories-of-children.ts';
import type { StoryFamily } from './story.ts';

export const STORY_FAMILIES: readonly StoryFamily[] = [
  PUPIL,
  ADULT_PATIENT,
  RETIRED_WORKER,
  MIGRANT_WORKER,
  JUVENILE_OFFENDER,
  SEALED_RIGHTS_CASE,
  UNKNOWN_TO_ALL,
  LEFT_BEHIND,
  NEW_MOTHER,
  NEIGHBOUR,
];

export const STORY_PEOPLE = STORY_FAMILIES.flatMap(({ members }) => members).length;
