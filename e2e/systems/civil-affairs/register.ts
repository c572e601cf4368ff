/** The bureau's register in its own form, served page by page. */
import type { RegisterLine, World } from '../world/model.ts';
import { randomFor } from '../world/random.ts';
import { registerOf } from '../world/register.ts';
import { writtenDate } from './quirks.ts';
import type { RawRecord } from './record-types.ts';

interface RegisterPage {
  readonly entries: readonly RawRecord[];
  readonly next: string | null;
}

/** A page after a token that an earlier page gave, or the first; `null` for a token that it never gave. */
export function civilAffairsRegister(world: World) {
  let lines: readonly RegisterLine[] | null = null;
  return (pageToken: string | null, pageSize: number): RegisterPage | null => {
    lines ??= registerOf(world, 'civil-affairs');
    const start = pageToken === null ? 0 : positionOf(pageToken);
    if (start === null || start > lines.length) return null;
    const end = start + pageSize;
    return {
      entries: lines.slice(start, end).map((line) => written(world.seed, line)),
      next: end < lines.length ? tokenOf(end) : null,
    };
  };
}

const tokenOf = (position: number) => Buffer.from(`after:${position}`).toString('base64url');

function positionOf(token: string): number | null {
  const position = /^after:(\d{1,9})$/.exec(Buffer.from(token, 'base64url').toString())?.[1];
  return position === undefined ? null : Number(position);
}

function written(seed: number, { localId, name, idNumber, sex, birthDate, division }: RegisterLine): RawRecord {
  const random = randomFor(seed, 'civil-affairs', 'register', localId, name);
  return {
    personNo: localId,
    name,
    idNumber,
    sex: sex === 'MALE' ? '1' : '2',
    birthDate: writtenDate(random, birthDate),
    division,
  };
}
