import type { Random } from './random.ts';
import type { WorldPerson } from './model.ts';

const SURNAMES = [
  ...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤',
  '欧阳',
  '上官',
  '司徒',
  '诸葛',
] as const;
const MALE = [
  ...'伟强磊洋勇军杰涛超明刚平辉鹏华飞鑫波斌宇浩凯健俊帆帅旭宁龙林峰毅航博文昊然轩睿晨泽铭哲远志建国荣昌庆',
];
const FEMALE = [
  ...'芳娜敏静丽艳娟霞秀英玲燕红梅丹萍琳婷雪倩颖莉洁慧莹佳欣怡雯瑶璐琪蕾晴彤雅婉淑兰桂珍菊凤菲悦涵萱梓诗语',
];
/** Names of more than four characters, with the middle dot of the civil registers. */
const LONG = {
  MALE: ['艾力·买买提', '多吉·次仁', '巴特尔·苏和'],
  FEMALE: ['阿依古丽·买买提', '卓玛·央金', '其其格·乌云'],
} as const;

export const drawSurname = (random: Random): string => random.pick(SURNAMES);

/** A full name; now and then a long one, which then does not carry the family's surname. */
export function drawName(random: Random, surname: string, sex: WorldPerson['sex']): string {
  if (random.chance(0.005)) return random.pick(LONG[sex]);
  const signs = sex === 'MALE' ? MALE : FEMALE;
  return surname + random.pick(signs) + (random.chance(0.75) ? random.pick(signs) : '');
}
