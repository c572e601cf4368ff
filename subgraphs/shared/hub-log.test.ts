import { expect, test } from '@jest/globals';
import { traceContext } from '../../adapters/shared/trace-context.ts';
import { hubLog } from './hub-log.ts';

const NAME = '王小明';
const ID_NUMBER = '11010519491231002X';
const OLD_ID_NUMBER = '110105491231002';
const TOKEN = `eyJ${'a'.repeat(30)}.eyJ${'b'.repeat(40)}.${'c'.repeat(43)}`;
const PLANTED = [NAME, ID_NUMBER, OLD_ID_NUMBER, TOKEN];

function heard() {
  const lines: string[] = [];
  const log = hubLog({ level: 'debug', to: { write: (line: string) => void lines.push(line) } });
  return { log, lines };
}

const text = `about ${PLANTED.join(' and ')}!`;
class Refusing extends Error {
  override readonly name = 'Refusing';
  readonly row = text;
}

test.each<[string, readonly [object, string?] | readonly [string]]>([
  ['a message', [{}, text]],
  ['a message alone', [text]],
  ['a value', [{ note: text }]],
  ['the name of a value', [{ [text]: 1 }]],
  ['a list', [{ notes: [[text]] }]],
  ['a value deep down', [{ a: { b: { c: { d: { e: { f: { g: { note: text } } } } } } } }]],
  ['an error', [new Refusing(text, { cause: new Error(text) })]],
  ['an error in an entry', [{ err: new Refusing(text) }]],
  ['an error within its cause', [{ failure: { error: new Error('x', { cause: new Refusing(text) }) } }]],
  ['numbers', [{ id: 110105194912310021n, old: Number(OLD_ID_NUMBER) }]],
  ['the name of a file', [{ file: `${ID_NUMBER}_${TOKEN}.csv` }]],
  [
    'what stands under a name of its own',
    [{ variables: { x: 'Wang' }, authorization: 'Basic V2FuZw', idNumber: 'Wang' }],
  ],
])('case 66: nothing that was planted in %s is in the line', (_where, given) => {
  const { log, lines } = heard();
  for (const level of ['debug', 'info', 'warn', 'error', 'fatal'] as const) Reflect.apply(log[level], log, given);
  expect(lines).toHaveLength(5);
  const said = lines.join('');
  for (const one of [...PLANTED, 'Wang', 'V2FuZw', '110105194912310021']) expect(said).not.toContain(one);
});

test('what an operator needs stays: ids of requests, codes, places in the code, names of dropped files', () => {
  const { log, lines } = heard();
  const entry = {
    requestId: '019ad2d4-0000-7d5e-8a10-123456789012',
    file: '家庭关爱_20261120.csv',
    url: 'http://127.0.0.1:4000/graphql',
    cause: { name: 'Error', code: 'ECONNREFUSED', at: ['at x (/srv/a.ts:1:2)'] },
  };
  log.warn(entry, 'subgraph gave no answer');
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ ...entry, msg: 'subgraph gave no answer', level: 40 });
});

test.each<[string, object]>([
  ['alone', new TypeError(text)],
  ['as the cause', { cause: new TypeError(text) }],
])('an error is told by its kind and place, where every line has it: %s', (_how, entry) => {
  const { log, lines } = heard();
  log.error(entry, 'unexpected error');
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ cause: { name: 'TypeError', at: expect.any(Array) } });
});

test('an error under another name is told by its kind and place there', () => {
  const { log, lines } = heard();
  log.error({ failure: new TypeError(text) }, 'unexpected error');
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ failure: { cause: { name: 'TypeError' } } });
});

test('a line says to which trace it belongs; outside of one nothing', () => {
  const { log, lines } = heard();
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
  const spanId = '00f067aa0ba902b7';
  traceContext.run({ traceId, spanId, traceparent: '' }, () => log.info({}, 'within'));
  log.info({}, 'without');
  const [within, without] = lines.map((line): unknown => JSON.parse(line));
  expect(within).toMatchObject({ trace_id: traceId, span_id: spanId });
  expect(without).not.toHaveProperty('trace_id');
});
