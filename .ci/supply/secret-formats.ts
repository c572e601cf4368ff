import { isPublished, weakSecretFault } from '../../adapters/shared/weak-secret.ts';
import { looksRandom } from './looks-random.ts';

/** Secrets of this project as they look, beside those of the world that secretlint knows; the group is the secret itself. */
const FORMATS: Readonly<Record<string, RegExp>> = {
  // secretlint asks for a longer text than that of an Ed25519 key.
  'private key': /-----BEGIN [A-Z ]*PRIVATE KEY-----\s+([\w+/=]{40,})/g,
  'private JSON Web Key': /"d"\s*:\s*"([\w-]{40,})"/g,
  'webhook secret': /\bwhsec_([\w+/=-]{24,})/g,
  'access token': /\b(eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{20,})/g,
  'value of a secret variable':
    /\b[A-Z][A-Z_]*_(?:SECRET|PASSWORD|PEPPER|TOKEN|KEY)['"]?\s*[=:]\s*['"]?([\w+/-]{16,}={0,2})(?![\w(.])/g,
  '32 bytes in hexadecimal digits': /(?<![\w-])([0-9a-f]{64})(?![\w-])/gi,
};

/** A value under a name such as `grantSecret`, `password`: most are other names, so only random ones count; tokens are found whole. */
const NAMED =
  /(?:secret|password|passwd|passphrase|pepper|token|key)['"]?(?:\s*:\s*string)?\s*[=:]\s*['"`]?((?!eyJ)[\w+/.~!@#%^&*-]{16,}={0,2})(?![\w(.…])/gi;

/**
 * What in a text looks like a secret of ours: `private JSON Web Key`. What a hub in production would refuse is none, save
 * random characters that a word such as `example` stands beside.
 */
export function ownSecretsIn(text: string): readonly string[] {
  const found = Object.entries(FORMATS).filter(([, pattern]) => secretsBy(pattern, text).some(mayBeOne));
  const named = secretsBy(NAMED, text).some((secret) => !isPublished(secret) && looksRandom(secret));
  return [...found.map(([format]) => format), ...(named ? ['random value of a secret'] : [])];
}

const secretsBy = (pattern: RegExp, text: string) => [...text.matchAll(pattern)].map(([, secret = '']) => secret);

const mayBeOne = (secret: string) =>
  weakSecretFault(secret, 'credential') === null || (!isPublished(secret) && looksRandom(secret));
