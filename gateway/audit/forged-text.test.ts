import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type ChainedRecord, chainedRecordSchema } from '../../adapters/audit/port.ts';
import { openSqliteStore } from '../../adapters/store/sqlite/sqlite-store.ts';
import { staff } from '../../subgraphs/person/trust.fixture.ts';
import { hubOnDisk } from './hub-on-disk.fixture.ts';

const run = promisify(execFile);
const command = fileURLToPath(new URL('../../adapters/audit/cli/main.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'forged-text-'));
afterAll(() => rmSync(folder, { recursive: true }));

const ODD: Readonly<Record<string, string>> = {
  'a line break and a record': 'x\n{"log":"audit:hub","sequence":1,"record":{"kind":"REQUEST"}}\r\n',
  'what clears a terminal': '\u001b[2J\u001b[1;1H\u009b2K\u0007\b\b\b\u007f',
  'the end of a text': 'x\u0000y',
  'another direction of writing': '\u202e}"REQUEST":"dnik"{\u2066\u200f',
  'other line separators': 'a\u2028b\u2029c\u0085d',
  'what nobody sees': '\u200b\ufeff\u3164\u{e0041}\ufe0f',
  'lone surrogates': '\ud800x\udfff',
  'an end of the JSON': '"},{"a":"\\u202e\\',
};
const texts = Object.values(ODD);
let entries: readonly ChainedRecord[] = [];
const audit = async (...args: string[]) =>
  run(process.execPath, [command, ...args], { env: { ...process.env, STORE_URL: `sqlite:${join(folder, 'hub.db')}` } });

beforeAll(async () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  writeFileSync(join(folder, 'keys.json'), JSON.stringify({ keys: [publicKey.export({ format: 'jwk' })] }));
  const hub = await hubOnDisk(folder, { key: JSON.stringify(privateKey.export({ format: 'jwk' })) });
  for (const text of texts) {
    const asking = staff({ subject: text, organisation: text });
    const said = { name: text, traceparent: `00-${text}` };
    await hub.request('query ($id: ID!) { person(id: $id) { id } }', { id: text }, asking, said);
  }
  await hub.close();
  const store = openSqliteStore({ file: join(folder, 'hub.db') });
  entries = (await store.readLog('audit:hub', { first: 100 })).map(({ data }) => chainedRecordSchema.parse(data));
  await store.close();
});

test.each(Object.entries(ODD))(
  'case 65: %s in name, trace and token stands in one record, as it was given; an id that is none in none',
  (_, text) => {
    const record = entries[texts.indexOf(text)]?.record;
    const kept = text.toWellFormed();
    expect(record).toMatchObject({
      kind: 'REQUEST',
      trace: kept.split('-')[0],
      operation: { name: kept },
      actor: { subject: kept, organisation: kept },
      persons: [{ id: null, by: 'id', visible: false }],
    });
  },
);

test('case 65: shown on a terminal a record is one line in which every character is seen', async () => {
  expect(entries).toHaveLength(texts.length);
  const { stdout } = await audit('show', '--client', 'health-system');
  const lines = stdout.split('\n');
  expect(lines.pop()).toBe('');
  expect(lines.map((line) => JSON.parse(line))).toEqual(entries.map((entry) => ({ log: 'audit:hub', ...entry })));
  expect(lines.join('')).toMatch(/^[\x20-\x7e\ufffd]+$/);
});

test('case 65: the same in an export, in what is not anchored, and in the chain', async () => {
  const out = join(folder, 'out.jsonl');
  await audit('export', '--out', out);
  const { stdout } = await run('cat', [out]);
  expect(
    stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).hash),
  ).toEqual(entries.map(({ hash }) => hash));
  expect(stdout).toMatch(/^[\x20-\x7e\ufffd\n]+$/);
  const place = ['--checkpoints', `file:${join(folder, 'checkpoints.jsonl')}`, '--keys', join(folder, 'keys.json')];
  expect((await audit('verify', ...place)).stdout).toMatch(/^ok {3}audit:hub: 8 records, anchored up to 8\n/);
});
