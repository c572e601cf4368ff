import { DISTRICT, NEIGHBOUR_DISTRICT } from './places.ts';
import type { StoryFamily } from './story.ts';

/**
 * A girl of fifteen. Her parents parted after years of quarrels (mediation of custody and support, 2025); her marks fell
 * and a test at school showed a severe level; the school's counsellor sent her to the clinic (first visit spring 2026),
 * which follows her up. The family lives on her mother's wage and hardship assistance; the women's federation visits the
 * home; the union knows her as a dependant of her mother, a member in hardship, and helps with her schooling (金秋助学).
 */
export const PUPIL: StoryFamily = {
  division: `${DISTRICT}001003`,
  members: [
    {
      story: 'pupil-in-crisis',
      name: '林晓雨',
      sex: 'FEMALE',
      birthDate: '2011-03-05',
      sequence: 24,
      schoolId: 'SS001',
      knownAs: {
        education: [['2017', 1]],
        health: [['2026', 1]],
        'civil-affairs': [['2025', 1]],
        justice: [['2025', 1]],
        'womens-federation': [['2025', 1]],
        union: [['2025', 1]],
      },
    },
    {
      story: 'mother',
      name: '陈静',
      sex: 'FEMALE',
      birthDate: '1984-08-12',
      sequence: 46,
      employerId: 'E0002',
      knownAs: {
        'civil-affairs': [['2025', 2]],
        justice: [['2025', 2]],
        'womens-federation': [['2025', 2]],
        union: [['2019', 2]],
      },
    },
    {
      story: 'father',
      name: '林国强',
      sex: 'MALE',
      birthDate: '1981-11-30',
      sequence: 37,
      knownAs: { justice: [['2025', 3]] },
    },
  ],
  guardians: [
    [1, 0],
    [2, 0],
  ],
};

/** A boy of sixteen in reintegration after an offence: sealed, its very existence. His school knows nothing of it. */
export const JUVENILE_OFFENDER: StoryFamily = {
  division: `${DISTRICT}100200`,
  members: [
    {
      story: 'juvenile-offender',
      name: '吴浩然',
      sex: 'MALE',
      birthDate: '2010-01-27',
      sequence: 15,
      schoolId: 'SS002',
      knownAs: { education: [['2016', 2]], justice: [['2025', 5]] },
    },
    {
      story: 'juvenile-offender-guardian',
      name: '吴建军',
      sex: 'MALE',
      birthDate: '1978-07-09',
      sequence: 33,
      employerId: 'E0001',
      knownAs: { union: [['2016', 6]] },
    },
  ],
  guardians: [[1, 0]],
};

/** Left with his grandmother while the parents work elsewhere; a child director (儿童主任) looks in. */
export const LEFT_BEHIND: StoryFamily = {
  division: `${DISTRICT}200201`,
  members: [
    {
      story: 'left-behind-child',
      name: '杨小山',
      sex: 'MALE',
      birthDate: '2017-02-11',
      sequence: 97,
      schoolId: 'PS003',
      knownAs: { education: [['2023', 3]], 'civil-affairs': [['2022', 6]], 'womens-federation': [['2024', 4]] },
    },
    {
      story: 'left-behind-grandmother',
      name: '田秀英',
      sex: 'FEMALE',
      birthDate: '1959-10-08',
      sequence: 42,
      knownAs: { health: [['2020', 5]], 'civil-affairs': [['2022', 7]] },
    },
  ],
  guardians: [[1, 0]],
};

/** A young mother in low spirits after birth, and her child. */
export const NEW_MOTHER: StoryFamily = {
  division: `${DISTRICT}003002`,
  members: [
    {
      story: 'new-mother',
      name: '黄丽',
      sex: 'FEMALE',
      birthDate: '1996-03-19',
      sequence: 62,
      employerId: 'E0005',
      knownAs: { health: [['2026', 6]], 'womens-federation': [['2026', 5]], union: [['2020', 7]] },
    },
    {
      story: 'infant',
      name: '罗乐乐',
      sex: 'MALE',
      birthDate: '2026-08-25',
      sequence: 19,
      knownAs: { health: [['2026', 7]] },
    },
  ],
  guardians: [[0, 1]],
};

/** A pupil of the district beside this one, for showing jurisdiction; known to this district's school and clinic. */
export const NEIGHBOUR: StoryFamily = {
  division: `${NEIGHBOUR_DISTRICT}001001`,
  members: [
    {
      story: 'neighbour-pupil',
      name: '郑雅文',
      sex: 'FEMALE',
      birthDate: '2012-06-30',
      bornIn: NEIGHBOUR_DISTRICT,
      sequence: 88,
      schoolId: 'JS001',
      knownAs: { education: [['2018', 4]], health: [['2025', 8]] },
    },
    {
      story: 'neighbour-father',
      name: '郑海波',
      sex: 'MALE',
      birthDate: '1980-01-15',
      bornIn: NEIGHBOUR_DISTRICT,
      sequence: 11,
      knownAs: {},
    },
  ],
  guardians: [[1, 0]],
};
