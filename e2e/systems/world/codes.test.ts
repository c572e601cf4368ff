import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { idNumberOf, oldIdNumber, organisationCodeOf, sequenceFor } from './codes.ts';

test('the ID number of the standard is made right', () => {
  expect(idNumberOf('110105', '1949-12-31', 2)).toBe('11010519491231002X');
  expect(oldIdNumber('11010519491231002X')).toBe('110105491231002');
});

test('a sequence is odd for men and even for women, within three digits', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 999 }), (start) => {
      expect(sequenceFor('MALE', start) % 2).toBe(1);
      expect(sequenceFor('FEMALE', start) % 2).toBe(0);
      expect(sequenceFor('FEMALE', start)).toBeLessThan(1_000);
    }),
  );
});

test('an organisation code passes GB 32100 and, inside it, GB 11714', () => {
  const characters = '0123456789ABCDEFGHJKLMNPQRTUWXY';
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 9_999_999 }), (serial) => {
      const code = organisationCodeOf('91', '390106', serial);
      expect(code).toMatch(/^[0-9A-HJ-NPQRTUWXY]{18}$/);
      const sum = [...code].reduce(
        (total, sign, i) => total + characters.indexOf(sign) * (i < 17 ? 3 ** i % 31 : 1),
        0,
      );
      expect(sum % 31).toBe(0);
      const inner = Array.from(code.slice(8, 16)).reduce((total, sign, i) => {
        return total + Number.parseInt(sign, 36) * ([3, 7, 9, 10, 5, 8, 4, 2][i] ?? 0);
      }, 0);
      const check = code.charAt(16) === 'X' ? 10 : Number(code.charAt(16));
      expect((inner + check) % 11).toBe(0);
    }),
  );
});
