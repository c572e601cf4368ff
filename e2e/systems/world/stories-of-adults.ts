import { BIRTHPLACES, DISTRICT } from './places.ts';
import type { StoryFamily } from './story.ts';

/** A man with a severe mental disorder at home, in community rehabilitation; two hospital numbers; his father is guardian. */
export const ADULT_PATIENT: StoryFamily = {
  division: `${DISTRICT}002001`,
  members: [
    {
      story: 'adult-patient',
      name: '周明远',
      sex: 'MALE',
      birthDate: '1991-06-18',
      sequence: 13,
      knownAs: {
        health: [
          ['2016', 2],
          ['2022', 3],
        ],
        'civil-affairs': [['2018', 3]],
      },
    },
    {
      story: 'adult-patient-guardian',
      name: '周德福',
      sex: 'MALE',
      birthDate: '1960-02-03',
      sequence: 51,
      knownAs: { 'civil-affairs': [['2018', 4]], union: [['2015', 3]] },
    },
  ],
  guardians: [[1, 0]],
};

/** Lives alone since her husband died; elderly care at home, clinic visits; the union still has her 15-digit number. */
export const RETIRED_WORKER: StoryFamily = {
  division: `${DISTRICT}003003`,
  members: [
    {
      story: 'retired-worker',
      name: '孙桂兰',
      sex: 'FEMALE',
      birthDate: '1956-04-21',
      sequence: 68,
      knownAs: { health: [['2017', 4]], 'civil-affairs': [['2021', 5]], union: [['2015', 4]] },
      quirks: [{ department: 'union', quirk: 'old-id-number' }],
    },
  ],
  guardians: [],
};

/** Wages unpaid on a building site: labour mediation by the union, legal aid; his number ends in X, justice wrote x. */
export const MIGRANT_WORKER: StoryFamily = {
  division: `${DISTRICT}003001`,
  members: [
    {
      story: 'migrant-worker',
      name: '马志刚',
      sex: 'MALE',
      birthDate: '1989-09-14',
      bornIn: BIRTHPLACES[0],
      sequence: 113,
      employerId: 'E0004',
      knownAs: { justice: [['2026', 4]], union: [['2024', 5]] },
      quirks: [{ department: 'justice', quirk: 'lower-case-x' }],
    },
  ],
  guardians: [],
};

/** Help against violence at home: the women's federation sealed her rights case; justice gives her legal aid. */
export const SEALED_RIGHTS_CASE: StoryFamily = {
  division: `${DISTRICT}002003`,
  members: [
    {
      story: 'sealed-rights-case',
      name: '赵雪梅',
      sex: 'FEMALE',
      birthDate: '1993-12-02',
      sequence: 80,
      employerId: 'E0003',
      knownAs: { justice: [['2026', 6]], 'womens-federation': [['2026', 3]] },
    },
  ],
  guardians: [],
};

export const UNKNOWN_TO_ALL: StoryFamily = {
  division: `${DISTRICT}001001`,
  members: [
    {
      story: 'unknown-to-all',
      name: '何一鸣',
      sex: 'MALE',
      birthDate: '1998-05-16',
      sequence: 71,
      knownAs: {},
    },
  ],
  guardians: [],
};
