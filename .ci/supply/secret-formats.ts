import { weakSecretFault } from '../../adapters/shared/weak-secret.ts';

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

/** What in a text looks like a secret of ours: `private JSON Web Key`. What a hub in production would refuse is none. */
export function ownSecretsIn(text: string): readonly string[] {
  return Object.entries(FORMATS).flatMap(([format, pattern]) =>
    [...text.matchAll(pattern)].flatMap(([, secret = '']) =>
      weakSecretFault(secret, 'credential') === null ? [format] : [],
    ),
  );
}
