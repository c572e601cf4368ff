import { foldWidth } from './fold-width.ts';

/**
 * Family names of two characters. Left out are those whose first character is a common family name itself (夏侯, 钟离,
 * 单于): there the second character may belong to the given name.
 */
const COMPOUND = new Set(
  (
    '欧阳 歐陽 上官 司马 司馬 诸葛 諸葛 司徒 东方 東方 皇甫 尉迟 公孙 公孫 慕容 令狐 宇文 长孙 長孫 轩辕 端木 呼延 ' +
    '独孤 澹台 公冶 濮阳 淳于 闾丘 亓官 赫连 万俟 拓跋'
  ).split(' '),
);
const MASK = '**';
const FAMILY_AND_GIVEN = /^\p{Script=Han}{2,4}$/u;

/**
 * A name for those who may not see it: the family name and always two asterisks, whatever the length of the rest.
 * Only what is plainly a Chinese family name and given name shows anything: in other names (one character, with a dot
 * as minorities write them, Latin letters, four characters without a compound family name) the given name may come
 * first, so they are the mask alone.
 */
export function maskedName(name: string): string {
  const plain = foldWidth(name).replaceAll(' ', '');
  if (!FAMILY_AND_GIVEN.test(plain)) return MASK;
  const characters = [...plain];
  const firstTwo = characters.slice(0, 2).join('');
  // 欧阳 alone may be family name 欧 and given name 阳.
  if (characters.length > 2 && COMPOUND.has(firstTwo)) return firstTwo + MASK;
  return characters.length < 4 ? characters[0] + MASK : MASK;
}
