import { expect, test } from '@jest/globals';
import { readSettings } from '../shared/settings.ts';
import { civilAffairsSettings } from './settings.ts';

const { CIVIL_AFFAIRS_URL } = civilAffairsSettings;
const problemsOf = (raw: string) => readSettings({ CIVIL_AFFAIRS_URL }, { CIVIL_AFFAIRS_URL: raw }).problems;

test('an endpoint ends in a path', () => expect(problemsOf('https://host/ws/care')).toEqual([]));

test.each(['http://h/ws/care?wsdl', 'http://h/ws/care?', 'http://h/ws/care/', 'http://h', 'http://u:p@h/care'])(
  '%s is a line of the start',
  (raw) => expect(problemsOf(raw)).toHaveLength(1),
);
