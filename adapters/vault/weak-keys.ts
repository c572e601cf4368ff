import { weakSecretFault } from '../shared/weak-secret.ts';
import type { KeyRingFile } from './key-ring.ts';

/** Why a key file's keys are too weak for production, in words that do not repeat one; `null` = they are not. */
export function weakKeysFault({ keys, index }: KeyRingFile): string | null {
  const faults = [
    ...Object.keys(keys).map(demoFault),
    ...[...Object.values(keys), index].map((key) => weakSecretFault(key, 'key')),
  ];
  return faults.find((fault) => fault !== null) ?? null;
}

/** The demo's keys are random as any others, and tell by their names whose they are. */
const demoFault = (id: string): string | null =>
  id.toLowerCase().startsWith('demo-') ? 'is the demo’s; make one of your own' : null;
