import { z } from 'zod';
import { certificateProblem } from '../../shared/certificate-problem.ts';
import { StoreConflict, StoreError, type StoreErrorCode } from '../port.ts';

/** Of the driver's errors: the server's code, or the class. */
const failure = z.object({ name: z.string().default(''), code: z.number().optional() });

/** Codes of the server (src/mongo/base/error_codes.yml). */
const CODES: Readonly<Record<number, readonly [StoreErrorCode, string?]>> = {
  13: ['STORE_READ_ONLY', 'its account may not do that; give it the role readWrite on the database'], // Unauthorized
  // AuthenticationFailed. An account is of the database that it was made in, and looked for in the one of the address.
  18: [
    'STORE_UNAVAILABLE',
    'the account or its password is wrong, or it was made in another database than the address names: then authSource=THAT belongs to STORE_URL',
  ],
  8000: ['STORE_UNAVAILABLE', 'the account or its password is wrong, or what its plan at Atlas allows is used up'], // AtlasError
  10334: ['STORE_INVALID', 'a document larger than 16 MB'], // BSONObjectTooLarge
  17419: ['STORE_INVALID', 'a document larger than 16 MB'],
  17280: ['STORE_INVALID', 'a key too long for its index'], // KeyTooLong
  14031: ['STORE_FULL'], // OutOfDiskSpace
  // UserWritesBlocked, since 6.0. Who watches the disks of a database blocks writes before they are full.
  371: [
    'STORE_READ_ONLY',
    'its operator has blocked writes; see why, make room if its disk is filling, then end the block by setUserWriteBlockMode',
  ],
};

/** Classes of the driver's own errors. */
const NAMES: Readonly<Record<string, readonly [StoreErrorCode, string?]>> = {
  MongoServerSelectionError: ['STORE_UNAVAILABLE', 'no primary was found; is the replica set up, and its name right?'],
  MongooseServerSelectionError: [
    'STORE_UNAVAILABLE',
    'no primary was found; is the replica set up, and its name right?',
  ],
  MongoParseError: ['STORE_INVALID', 'STORE_URL is no address of a MongoDB'],
  MongoWriteConcernError: ['STORE_UNAVAILABLE', 'most of its members did not confirm a write'],
};

/** Why no server was selected stands at each server that was asked. */
const selection = z.object({ cause: z.object({ servers: z.map(z.string(), z.object({ error: z.unknown() })) }) });

/** What an engine failure means to those who run the hub. An unknown one is `STORE_UNAVAILABLE` with its cause. */
export function storeErrorFrom(error: unknown, store: string): StoreError | StoreConflict {
  if (error instanceof StoreError || error instanceof StoreConflict) return error;
  const certificate = certificateFault(error);
  if (certificate !== null) return new StoreError('STORE_UNAVAILABLE', { store, detail: certificate, cause: error });
  const { name, code } = failure.safeParse(error).data ?? { name: '', code: undefined };
  const [known, detail] = (code === undefined ? undefined : CODES[code]) ?? NAMES[name] ?? ['STORE_UNAVAILABLE'];
  return new StoreError(known, { store, ...(detail !== undefined && { detail }), cause: error });
}

function certificateFault(error: unknown): string | null {
  const servers = selection.safeParse(error).data?.cause.servers ?? new Map();
  for (const one of [error, ...[...servers.values()].map((server) => server.error)]) {
    const problem = certificateProblem(one, 'the database', {
      authoritiesIn: 'NODE_EXTRA_CA_CERTS, or tlsCAFile of STORE_URL',
    });
    if (problem !== null) return problem;
  }
  return null;
}

/** A unique index has it already. */
export const isDuplicate = (error: unknown): boolean => failure.safeParse(error).data?.code === 11_000;
