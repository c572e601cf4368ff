import { alignRows } from '../shared/align-rows.ts';
import { chunk } from '../shared/chunk.ts';
import { httpDoor } from '../shared/http-door.ts';
import { parseRows, type SetAside } from '../shared/set-aside.ts';
import { SourceError } from '../shared/source-error.ts';
import type { Read, ReadOptions, RegisterPage, SourceAnswer } from '../shared/source.ts';
import { z } from 'zod';
import { assessmentRow } from './assessment-row.ts';
import { diagnosisRow } from './diagnosis-row.ts';
import type { FhirResource } from './fhir-bundle.ts';
import { idIn, isFhirId } from './fhir-reference.ts';
import { fhirSearch } from './fhir-search.ts';
import { followUpRow } from './follow-up-row.ts';
import { medicationRow } from './medication-row.ts';
import type { HealthSource } from './port.ts';
import { registerEntry } from './register-entry.ts';
import { rehabilitationRow } from './rehabilitation-row.ts';
import type { ParsedRow, RowMaker } from './row-maker.ts';
import type { HealthSettings } from './settings.ts';
import { visitRow } from './visit-row.ts';

const SOURCE = 'health';
/** Ids in one call: 100 of 64 characters stay below the 8 kB that servers allow an address. */
const LARGEST_BATCH = 100;

interface FhirHealthDeps {
  readonly fetch?: typeof globalThis.fetch;
  /** Told how many rows were set aside, and why: never their values. */
  readonly logger?: { warn(details: object): void };
}

/**
 * The health department over FHIR R4 REST. One search a category for the whole batch:
 * `Patient?_id=a,b&_revinclude=Condition:patient`, so that the answer also says who is known there.
 */
export function fhirHealthSource(settings: HealthSettings, { logger, ...deps }: FhirHealthDeps = {}): HealthSource {
  const baseUrl = settings.HEALTH_URL;
  const timeoutMs = settings.HEALTH_TIMEOUT_MS;
  const headers = { authorization: `Bearer ${settings.HEALTH_TOKEN}` };
  const door = httpDoor({ source: SOURCE, baseUrl, timeoutMs, headers, ...deps });
  const search = fhirSearch(door);

  function readerOf<Row>(maker: RowMaker<Row>): Read<Row> {
    return async (localIds, { signal }: ReadOptions = {}) => {
      // What cannot be an id of a FHIR resource names nobody, and `,` `|` `$` `\` never reach a search.
      const ids = [...new Set(localIds)].filter(isFhirId);
      const whole = AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])]);
      const batches = chunk(ids, LARGEST_BATCH);
      const answers = await Promise.all(batches.map((batch) => readBatch(maker, batch, whole)));
      return answerOf(localIds, answers);
    };
  }

  async function readBatch<Row>(
    maker: RowMaker<Row>,
    ids: readonly string[],
    signal: AbortSignal,
  ): Promise<Batch<Row>> {
    const { resourceType, patientParameter, include } = maker;
    const query = {
      _id: ids.join(','),
      _revinclude: `${resourceType}:${patientParameter}`,
      '_include:iterate': include,
      _count: LARGEST_BATCH,
    };
    const { resources, asOf } = await search.all('Patient', query, { source: SOURCE, signal });
    const known = resources.filter(isPatient).map(({ id = '' }) => id);
    if (known.some((id) => !ids.includes(id))) {
      throw new SourceError('SOURCE_INVALID', { source: SOURCE, cause: new Error('a patient who was not asked for') });
    }
    return { known, asOf, rows: rowsIn(resources, maker) };
  }

  function rowsIn<Row>(resources: readonly FhirResource[], { resourceType, schema }: RowMaker<Row>): Owned<Row>[] {
    const wanted = resources.filter((resource) => resource.resourceType === resourceType);
    const good = parseAll(resourceType, schema, wanted);
    const byReference = new Map(resources.map((resource) => [`${resource.resourceType}/${resource.id}`, resource]));
    const lookup = (reference: string | undefined) => {
      const [type = '', id] = (reference ?? '').split('/').slice(-2);
      return idIn(reference, type, baseUrl) === null ? undefined : byReference.get(`${type}/${id}`);
    };
    return onceEach(good).flatMap(({ patient, toRow }) =>
      toRow === null ? [] : [{ localId: idIn(patient, 'Patient', baseUrl), row: toRow(lookup) }],
    );
  }

  /** Rows that do not fit are set aside; where none fits, an empty list would be a lie. */
  function parseAll<T>(resourceType: string, schema: z.ZodType<T>, resources: readonly FhirResource[]): T[] {
    const bad: SetAside[] = [];
    const good = parseRows(schema, resources, (row) => bad.push(row));
    const first = bad[0];
    if (first === undefined) return good;
    logger?.warn({ source: SOURCE, resourceType, setAside: bad.length, of: resources.length, reason: first.reason });
    if (good.length > 0) return good;
    throw new SourceError('SOURCE_INVALID', { source: SOURCE, cause: new Error(`no usable row: ${first.reason}`) });
  }

  async function register(cursor: string | null, { signal }: ReadOptions = {}): Promise<RegisterPage> {
    const page =
      cursor === null
        ? await search.first('Patient', { _count: LARGEST_BATCH }, { source: SOURCE, signal })
        : await search.following(cursor, { source: SOURCE, signal });
    return { entries: parseAll('Patient', registerEntry, page.resources.filter(isPatient)), next: page.next };
  }

  return {
    visitsOf: readerOf(visitRow),
    diagnosesOf: readerOf(diagnosisRow),
    assessmentOf: readerOf(assessmentRow),
    followUpOf: readerOf(followUpRow),
    medicationOf: readerOf(medicationRow),
    rehabilitationOf: readerOf(rehabilitationRow),
    register,
    async probe({ signal } = {}) {
      const answer = await door.get('metadata', { signal, accept: 'application/fhir+json', pass: () => false });
      answer.json(
        z.object({ resourceType: z.literal('CapabilityStatement'), fhirVersion: z.string().startsWith('4.0') }),
      );
    },
    async close() {},
  };
}

interface Owned<Row> {
  readonly localId: string | null;
  readonly row: Row;
}
interface Batch<Row> {
  readonly known: readonly string[];
  readonly asOf: string;
  readonly rows: readonly Owned<Row>[];
}

function answerOf<Row>(localIds: readonly string[], batches: readonly Batch<Row>[]): SourceAnswer<Row> {
  const owned = batches.flatMap(({ rows }) => rows);
  const known = batches.flatMap((batch) => batch.known);
  const { rows } = alignRows(localIds, owned, { keyOf: ({ localId }) => localId, known });
  return {
    asOf:
      batches.map(({ asOf }) => asOf).toSorted((a, b) => Date.parse(a) - Date.parse(b))[0] ?? new Date().toISOString(),
    cached: false,
    rows: rows.map((found) => found && found.map(({ row }) => row)),
  };
}

/** A visit that was transferred twice has two ids and one number. */
function onceEach<Row>(rows: readonly ParsedRow<Row>[]): readonly ParsedRow<Row>[] {
  const seen = new Set<string>();
  return rows.filter(({ patient, businessKey }) => {
    const name = `${patient}\n${businessKey}`;
    if (businessKey === null || !seen.has(name)) return (seen.add(name), true);
    return false;
  });
}

const isPatient = ({ resourceType }: FhirResource) => resourceType === 'Patient';
