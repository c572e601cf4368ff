import { expect, test } from '@jest/globals';
import { type LifeEvent, lifeStages } from './life-stages.ts';

const today = '2026-11-20';
const all = () => true;
const event = (kind: LifeEvent['kind'], date: string, shownBy: string | null = null): LifeEvent => ({
  kind,
  date,
  shownBy,
});

test.each([
  ['2026-11-20', ['INFANCY']],
  ['2023-11-21', ['INFANCY']],
  ['2023-11-20', []],
  ['2020-11-20', ['STUDENT']],
  ['2011-11-21', ['STUDENT']],
  ['2011-11-20', []],
  ['2008-11-21', []],
  ['2008-11-20', ['ADULT']],
  ['2008-02-29', ['ADULT']],
  ['1966-11-21', ['ADULT']],
  ['1966-11-20', ['ADULT', 'LATER_LIFE']],
  ['2018', ['STUDENT']],
  ['2008-11', ['ADULT']],
  ['2027-01-01', []],
  [null, []],
])('born %s: %j', (birthDate, expected) => {
  expect(lifeStages({ birthDate, lifeEvents: [] }, { today, visible: all })).toEqual(expected);
});

test.each<[string, LifeEvent[], string[]]>([
  ['engaged', [event('MARRIAGE_PLANNED', '2026-05-01')], ['PREMARITAL']],
  ['engaged two years ago', [event('MARRIAGE_PLANNED', '2024-05-01')], []],
  ['married', [event('MARRIAGE_PLANNED', '2026-05-01'), event('MARRIED', '2026-06-01')], ['MARRIED']],
  ['divorced', [event('MARRIED', '2020-06-01'), event('MARRIAGE_ENDED', '2025-06-01')], []],
  [
    'married again',
    [event('MARRIED', '2020-06-01'), event('MARRIAGE_ENDED', '2025-06-01'), event('MARRIED', '2026-01-01')],
    ['MARRIED'],
  ],
  ['pregnant', [event('PREGNANT', '2026-06-01')], ['PRENATAL']],
  ['pregnant long ago', [event('PREGNANT', '2025-06-01')], []],
  ['delivered', [event('PREGNANT', '2026-01-01'), event('BIRTH', '2026-10-01')], ['POSTNATAL']],
  ['lost a pregnancy', [event('PREGNANT', '2026-06-01'), event('PREGNANCY_ENDED', '2026-08-01')], []],
  ['at university', [event('ENROLLED', '2025-09-01')], ['STUDENT']],
  ['will marry', [event('MARRIED', '2027-01-01')], []],
])('stages overlap with those of age: %s', (_, lifeEvents, expected) => {
  const stages = lifeStages({ birthDate: '2000-01-01', lifeEvents }, { today, visible: all });
  expect(stages.toSorted()).toEqual([...expected, 'ADULT'].toSorted());
});

test('a stage that follows from a record shows only to who may see that record', () => {
  const facts = { birthDate: null, lifeEvents: [event('PREGNANT', '2026-06-01', 'health:visits')] };
  expect(lifeStages(facts, { today, visible: (category) => category === 'health:visits' })).toEqual(['PRENATAL']);
  expect(lifeStages(facts, { today, visible: (category) => category === 'health:diagnoses' })).toEqual([]);
});

test('a stage outlived its hidden end: what the caller may not see ends a stage, and never begins one', () => {
  const visible = (category: string) => category === 'health:visits';
  const stages = (...lifeEvents: LifeEvent[]) => lifeStages({ birthDate: null, lifeEvents }, { today, visible });
  const seen = event('PREGNANT', '2026-06-01', 'health:visits');
  expect(stages(seen)).toEqual(['PRENATAL']);
  expect(stages(seen, event('PREGNANCY_ENDED', '2026-08-01', 'health:diagnoses'))).toEqual([]);
  // The birth that ends it is hidden, so that it shows nothing of what comes after.
  expect(stages(seen, event('BIRTH', '2026-10-01', 'civil-affairs:assistance'))).toEqual([]);
  expect(stages(seen, event('PREGNANCY_ENDED', '2026-12-01', 'health:diagnoses'))).toEqual(['PRENATAL']);
});
