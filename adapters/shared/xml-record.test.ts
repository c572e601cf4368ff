import { expect, jest, test } from '@jest/globals';
import { readXml } from './xml-element.ts';
import { xmlRecord } from './xml-record.ts';

const record = (inner: string, lists: readonly string[] = []) =>
  xmlRecord(readXml(`<r xmlns="urn:x">${inner}</r>`), lists);

test('leaves are texts, lists are arrays even of one, the rest are records', () => {
  expect(record('<a>1</a><p><a>2</a></p><q><b/></q>', ['p'])).toEqual({ a: '1', p: [{ a: '2' }], q: { b: '' } });
  expect(record('<p/><p><a>2</a></p>', ['p'])).toEqual({ p: [{}, { a: '2' }] });
});

test('an element that stands twice is ambiguous and refused', () => {
  expect(() => record('<a>1</a><a>2</a>')).toThrow(RangeError);
});

test('an element of another namespace does not stand in for ours', () => {
  expect(record('<a xmlns="urn:other">1</a>')).toEqual({});
});

test('a list without end is walked, not copied for each of its elements', () => {
  const list = readXml(`<r>${'<p/>'.repeat(2_000)}</r>`);
  const iterate = Array.prototype[Symbol.iterator];
  let walked = 0;
  const spy = jest.spyOn(Array.prototype, Symbol.iterator).mockImplementation(function (this: unknown[]) {
    walked += this.length;
    return iterate.call(this);
  });
  const { p } = xmlRecord(list, ['p']);
  spy.mockRestore();
  expect(p).toHaveLength(2_000);
  expect(walked).toBeLessThan(10_000);
});
