import { effectiveBits } from '../../adapters/shared/weak-secret.ts';

const LEAST_BITS = 60;
/** Of random characters nearly half of all pairs turn, in base64 as in hexadecimal digits; of names at most an eighth. */
const LEAST_TURNS = 0.15;
/** From one kind of character to another; a capital before a small letter begins a word. */
const TURN = /[a-z](?=[A-Z0-9])|[A-Z](?=[0-9])|[0-9](?=[a-zA-Z])/g;

/** Whether a text is random characters: words and names seldom turn from one kind of character to another. */
export function looksRandom(text: string): boolean {
  const characters = text.replaceAll(/[^a-z0-9]/gi, '');
  const turns = characters.match(TURN)?.length ?? 0;
  return effectiveBits(text) >= LEAST_BITS && turns >= LEAST_TURNS * (characters.length - 1);
}
