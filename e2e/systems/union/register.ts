/** The union's register of members in its own form, the newest member first. */
import type { RegisterLine, World } from '../world/model.ts';
import { randomFor } from '../world/random.ts';
import { registerOf } from '../world/register.ts';
import { writtenDate } from './quirks.ts';
import type { RawRow } from './record-types.ts';

export interface UnionRegister {
  readonly size: number;
  slice(from: number, to: number): readonly RawRow[];
}

/** Made when it is first asked for. */
export function unionRegister(world: World): () => UnionRegister {
  let register: UnionRegister | null = null;
  return () => {
    register ??= registerIn(world);
    return register;
  };
}

function registerIn(world: World): UnionRegister {
  const lines = registerOf(world, 'union').reverse();
  return {
    size: lines.length,
    slice: (from, to) => lines.slice(from, to).map((line) => written(world.seed, line)),
  };
}

function written(seed: number, { localId, name, idNumber, sex, birthDate, division }: RegisterLine): RawRow {
  const random = randomFor(seed, 'union', 'register', localId, name);
  const [word, code] = sex === 'MALE' ? ['男', '1'] : ['女', '2'];
  return {
    memberNo: localId,
    memberName: name,
    idCard: idNumber,
    gender: random.chance(0.3) ? code : word,
    birthday: writtenDate(random, birthDate),
    areaCode: random.chance(0.2) ? Number(division) : division,
  };
}
