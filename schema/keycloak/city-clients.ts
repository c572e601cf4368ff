import { z } from 'zod';
import { type Clients, readClients } from '../clients.ts';

/** Those of a city's own file. Throws an error that names it, what is wrong with it, and what to do. */
export function cityClients(file: string): Clients {
  try {
    return readClients(file);
  } catch (cause) {
    const remedy = 'give the CLIENTS_FILE of the gateways, in the form of schema/clients.json';
    throw new Error(`--clients ${file}: ${faultOf(cause)}; ${remedy}.`, { cause });
  }
}

/** Without a word of what the file has. */
function faultOf(error: unknown): string {
  if (error instanceof z.ZodError)
    return error.issues.map(({ path, message }) => `${path.join('.') || 'file'}: ${message}`).join('; ');
  if (error instanceof SyntaxError) return 'is not valid JSON';
  return `cannot be read (${error instanceof Error && 'code' in error ? String(error.code) : 'unknown'})`;
}
