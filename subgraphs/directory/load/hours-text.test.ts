import { expect, test } from '@jest/globals';
import { hoursFromText } from './hours-text.ts';

const WORKING = ['MO', 'TU', 'WE', 'TH', 'FR'];
const ALL = [...WORKING, 'SA', 'SU'];

test.each([
  ['周一至周五 8:30-17:30', [{ days: WORKING, opensAt: '08:30', closesAt: '17:30' }]],
  [
    '周一至周五 8:30-12:00 14:00-17:30；周六 9:00-12:00',
    [
      { days: WORKING, opensAt: '08:30', closesAt: '12:00' },
      { days: WORKING, opensAt: '14:00', closesAt: '17:30' },
      { days: ['SA'], opensAt: '09:00', closesAt: '12:00' },
    ],
  ],
  ['MO-FR 08:30-17:30', [{ days: WORKING, opensAt: '08:30', closesAt: '17:30' }]],
  ['星期二、星期四 １４：００－１６：００', [{ days: ['TU', 'TH'], opensAt: '14:00', closesAt: '16:00' }]],
  ['每天全天', [{ days: ALL, opensAt: '00:00', closesAt: '24:00' }]],
  ['每天 24小时', [{ days: ALL, opensAt: '00:00', closesAt: '24:00' }]],
  ['工作日 9:00-17:00', [{ days: WORKING, opensAt: '09:00', closesAt: '17:00' }]],
  ['周日 9:00-17:00', [{ days: ['SU'], opensAt: '09:00', closesAt: '17:00' }]],
])('%s', (text, hours) => {
  expect(hoursFromText(text)).toEqual(hours);
});

test.each(['', '电话预约', '周一', '9:00-17:00', '周一至周五 8:30-17:30；另行通知'])(
  '"%s" is not understood',
  (text) => {
    expect(hoursFromText(text)).toBeNull();
  },
);
