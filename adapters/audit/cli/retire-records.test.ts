import { readFileSync, rmSync } from 'node:fs';
import { afterAll, expect, test } from '@jest/globals';
import { placeInMemory } from '../audit.fixture.ts';
import { at, folder, goOn, retired, sql, verified, written } from './tampered.fixture.ts';
import { isSound, reportLines } from './verify-audit.ts';

afterAll(() => rmSync(folder, { recursive: true }));

test('retired records are in the file, and the chain verifies from where it goes on', async () => {
  const { file, place } = await written();
  const { out, retirements } = await retired(file, place, { day: 13 });
  expect(retirements).toMatchObject([{ log: 'audit:hub', records: 12, last: 12 }]);
  const lines = readFileSync(out, 'utf8').trim().split('\n');
  expect(lines.map((line) => JSON.parse(line).record.id)).toEqual(Array.from({ length: 12 }, (_, i) => `r-${i + 1}`));
  const report = await verified(file, place);
  expect(isSound(report)).toBe(true);
  expect(report.chains[0]).toMatchObject({ records: 19, anchoredTo: 31 });
  await retired(file, place, { day: 20 });
  expect((await verified(file, place)).chains[0]).toMatchObject({ records: 13, anchoredTo: 32, problem: null });
  sql(file, `DELETE FROM log_entry ${at(20)}`);
  expect(isSound(await verified(file, place))).toBe(false);
});

test('each gateway signs at a place of its own: a retirement is signed at all of them, and each goes on from there', async () => {
  const { file, place: first } = await written();
  const second = placeInMemory();
  await goOn(file, second, { writer: 'second', ids: ['s-1'] });
  await retired(file, [first, second], { day: 13 });
  for (const [place, id] of [
    [first, 'r-31'],
    [second, 'r-32'],
  ] as const) {
    await goOn(file, place, { ids: [id] });
    expect(reportLines(await verified(file, place))[0]).toMatch(/^ok {3}audit:hub: \d+ records, anchored up to 3[23]$/);
  }
  expect(isSound(await verified(file, first, second))).toBe(true);
});

test('a place that was left out of a retirement, or was begun after it, is sound beside one that signed it', async () => {
  const { file, place: first } = await written();
  const second = placeInMemory();
  await goOn(file, second, { writer: 'second', ids: ['s-1'] });
  await retired(file, [first, second], { day: 13 });
  await retired(file, first, { day: 20 });
  expect(reportLines(await verified(file, second))[0]).toMatch(
    /^BAD {2}audit:hub 20 .*record 13 to 19 before it is missing/,
  );
  expect(isSound(await verified(file, first, second))).toBe(true);
  expect(isSound(await verified(file, second, first))).toBe(true);
});

test('retire once more, with all places, makes good one that was left out, also when nothing more is that old', async () => {
  const { file, place: first } = await written();
  const second = placeInMemory();
  await goOn(file, second, { writer: 'second', ids: ['s-1'] });
  await retired(file, first, { day: 13 });
  expect(isSound(await verified(file, second))).toBe(false);
  expect((await retired(file, [first, second], { day: 13 })).retirements).toEqual([]);
  for (const place of [first, second]) expect(isSound(await verified(file, place))).toBe(true);
  const before = [first.written.length, second.written.length];
  await retired(file, [first, second], { day: 13 });
  expect([first.written.length, second.written.length]).toEqual(before);
});

test('what one place signed of a chain is signed at all with the next retirement of another', async () => {
  const { file, place: first } = await written();
  const second = placeInMemory();
  await retired(file, first, { day: 13 });
  await goOn(file, second, { writer: 'second', ids: ['s-1', 's-2'], instant: '2020-01-05T00:00:00.000Z' });
  expect(isSound(await verified(file, second))).toBe(false);
  expect((await retired(file, [first, second], { day: 13 })).retirements).toMatchObject([{ log: 'audit:second' }]);
  for (const place of [first, second]) expect(isSound(await verified(file, place))).toBe(true);
});

test('a place that is given twice, by another address perhaps, is signed one after the other', async () => {
  const { file, place } = await written();
  await retired(file, [place, { ...place }], { day: 13 });
  expect(isSound(await verified(file, place))).toBe(true);
});

test('a retirement that died when it had signed and removed nothing is done by the next', async () => {
  const { file, place } = await written();
  await expect(retired(file, place, { day: 13, dies: true })).rejects.toThrow('died');
  expect((await retired(file, place, { day: 13 })).retirements).toMatchObject([{ records: 12, last: 12 }]);
  expect((await verified(file, place)).chains[0]).toMatchObject({ records: 20, problem: null });
});
