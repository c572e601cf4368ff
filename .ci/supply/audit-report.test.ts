import { describe, expect, test } from '@jest/globals';
import { ACCEPTED } from './accepted-advisories.ts';
import { audited } from './audit-report.ts';

const NOW = Date.parse('2027-01-31T12:00:00+08:00');
const advisory = (severity: string, id = 'GHSA-aaaa-bbbb-cccc') => ({
  source: 1,
  name: 'parser',
  dependency: 'parser',
  title: 'Reads too much',
  url: `https://github.com/advisories/${id}`,
  severity,
  cwe: ['CWE-1'],
  range: '<2.0.0',
});
const report = (...via: readonly unknown[]) =>
  JSON.stringify({
    auditReportVersion: 2,
    vulnerabilities: { parser: { name: 'parser', severity: 'high', via }, user: { name: 'user', via: ['parser'] } },
    metadata: {},
  });
const accepted = { id: 'GHSA-aaaa-bbbb-cccc', reason: 'that part is never called', until: '2027-01-31' };
const LINE = 'high: parser <2.0.0: Reads too much (https://github.com/advisories/GHSA-aaaa-bbbb-cccc)';

test.each(['high', 'critical'])('a known vulnerability of level %s fails, once', (severity) => {
  const { problems } = audited(report(advisory(severity), advisory(severity)), { accepted: [], now: NOW });
  expect(problems).toEqual([LINE.replace('high', severity)]);
});

test.each(['low', 'moderate', 'info'])('one of level %s is said', (severity) => {
  const { problems, notes } = audited(report(advisory(severity)), { accepted: [], now: NOW });
  expect([problems, notes]).toEqual([[], ['1 known advisories in production', LINE.replace('high', severity)]]);
});

test.each([
  ['a 405', '{"message":"405 Method Not Allowed - POST x","statusCode":405,"error":{"summary":"","detail":""}}'],
  ['a 404', '{"message":"404 Not Found - POST x","statusCode":404,"error":{"summary":"","detail":""}}'],
  [
    'no connection',
    '{"message":"request to http://x/ failed, reason: connect ECONNREFUSED 127.0.0.1:9","error":{"summary":"","detail":""}}',
  ],
  [
    'no address',
    '{"message":"request to http://x/ failed, reason: getaddrinfo ENOTFOUND x","error":{"summary":"","detail":""}}',
  ],
  ['no answer in time', '{"message":"network timeout at: http://x/","error":{"summary":"","detail":""}}'],
  [
    'another error',
    '{"error":{"code":"ENOAUDIT","summary":"Your configured registry does not support audit requests."}}',
  ],
])('a registry that gives %s fails nothing, and that is said', (_, output) => {
  const { problems, notes } = audited(output, { accepted: [accepted], now: NOW });
  expect([problems, notes]).toEqual([[], [expect.stringMatching(/^the registry was not asked/)]]);
});

test.each([
  ['nothing', ''],
  ['no JSON', 'npm error'],
  ['a report of another version', '{"auditReportVersion":3,"vulnerabilities":{}}'],
  ['a report without its vulnerabilities', '{"auditReportVersion":2}'],
  ['advisories of another shape', report({ package: 'parser', level: 'high' })],
  ['the npm 6 shape', '{"actions":[],"advisories":{},"metadata":{}}'],
  ['a lock file that is missing', '{"error":{"code":"ENOLOCK","summary":"This command requires a lockfile."}}'],
  ['a refusal', '{"message":"403 Forbidden - POST x","statusCode":403,"error":{"summary":"","detail":""}}'],
  [
    'a certificate not trusted',
    '{"message":"request to https://x/ failed, reason: self-signed certificate","error":{}}',
  ],
])('%s is not understood, and fails', (_, output) => {
  const { problems } = audited(output, { accepted: [accepted], now: NOW });
  expect(problems).toEqual([expect.stringMatching(/^npm audit gave neither/)]);
});

describe('an accepted advisory', () => {
  test('fails nothing to the end of its last day, with its reason', () => {
    const { problems, notes } = audited(report(advisory('high')), { accepted: [accepted], now: NOW });
    expect(problems).toEqual([]);
    expect(notes).toContain(`${LINE}: accepted until 2027-01-31: that part is never called`);
  });

  test('fails from the next day on', () => {
    const { problems } = audited(report(advisory('high')), { accepted: [accepted], now: NOW + 86_400_000 });
    expect(problems).toEqual([`${LINE}: was accepted until 2027-01-31; look again`]);
  });

  test('is for itself alone', () => {
    const { problems } = audited(report(advisory('high', 'GHSA-xxxx-bbbb-cccc')), { accepted: [accepted], now: NOW });
    expect(problems).toHaveLength(1);
  });

  test('that is reported no longer is to go', () => {
    expect(audited(report(), { accepted: [accepted], now: NOW }).notes.at(-1)).toMatch(/no longer reported/);
  });

  test('has a reason and a day', () => {
    for (const { reason, until } of ACCEPTED)
      expect([reason.length > 20, Number.isNaN(Date.parse(until))]).toEqual([true, false]);
  });
});
