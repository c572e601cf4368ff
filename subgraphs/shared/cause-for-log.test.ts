import { expect, test } from '@jest/globals';
import { HttpStatusError } from '../../adapters/shared/http-status-error.ts';
import { SourceError } from '../../adapters/shared/source-error.ts';
import { causeForLog } from './cause-for-log.ts';

test('the status that a department answered with is told', () => {
  const error = new SourceError('SOURCE_INVALID', { source: 'health', cause: new HttpStatusError(404) });
  expect(causeForLog(error)).toMatchObject({ name: 'HttpStatusError', status: 404 });
});

test('a message that reads like a status is none', () => {
  expect(causeForLog(new Error('HTTP 404'))).not.toHaveProperty('status');
});
