import { z } from 'zod';
import { batchedRead, type OwnedRow } from '../shared/batched-read.ts';
import { httpDoor } from '../shared/http-door.ts';
import { onceEach } from '../shared/once-each.ts';
import { invalidAnswer } from '../shared/source-error.ts';
import type { SourceLog } from '../shared/source-log.ts';
import type { Read } from '../shared/source.ts';
import { usableRows } from '../shared/usable-rows.ts';
import { assessmentRow } from './assessment-row.ts';
import { diagnosisRow } from './diagnosis-row.ts';
import type { FhirResource } from './fhir-bundle.ts';
import { idIn, isFhirId } from './fhir-reference.ts';
import { fhirSearch } from './fhir-search.ts';
import { followUpRow } from './follow-up-row.ts';
import { medicationRow } from './medication-row.ts';
import type { HealthSource } from './port.ts';
import { registerEntryOf } from './register-entry.ts';
import { rehabilitationRow } from './rehabilitation-row.ts';
import { isOfKind } from './resource-kind.ts';
import type { ParsedRow, RowMaker } from './row-maker.ts';
import type { HealthSettings } from './settings.ts';
import { visitRow } from './visit-row.ts';
import { withheldLabel } from './withheld.ts';

const SOURCE = 'health';
/** Ids in one call: 100 of 64 characters stay below the 8 kB that servers allow an address. */
const LARGEST_BATCH = 100;

interface FhirHealthDeps {
  readonly fetch?: typeof globalThis.fetch;
  readonly log?: SourceLog;
}

/**
 * The health department over FHIR R4 REST. One search a category for the whole batch:
 * `Patient?_id=a,b&_revinclude=Condition:patient`, so that the answer also says who is known there.
 */
export function fhirHealthSource(settings: HealthSettings, { log, ...deps }: FhirHealthDeps = {}): HealthSource {
  const baseUrl = settings.HEALTH_URL;
  const timeoutMs = settings.HEALTH_TIMEOUT_MS;
  const headers = { authorization: `Bearer ${settings.HEALTH_TOKEN}` };
  const door = httpDoor({ source: SOURCE, baseUrl, timeoutMs, headers, ...deps });
  const search = fhirSearch(door);

  function readerOf<Row>(maker: RowMaker<Row>): Read<Row> {
    const { resourceType, patientParameter, include } = maker;
    return batchedRead({
      source: SOURCE,
      list: resourceType,
      // `,` `|` `$` `\` never reach a search.
      isLocalId: isFhirId,
      largestBatch: LARGEST_BATCH,
      deadlineMs: timeoutMs,
      log,
      async readBatch(ids, { signal }) {
        const query = {
          _id: ids.join(','),
          _revinclude: `${resourceType}:${patientParameter}`,
          '_include:iterate': include,
          _count: LARGEST_BATCH,
        };
        const { resources, asOf } = await search.all('Patient', query, { source: SOURCE, signal });
        const known = resources.filter(isPatient).map(({ id = '' }) => id);
        if (known.some((id) => !ids.includes(id))) throw invalidAnswer(SOURCE, 'a patient who was not asked for');
        return { known, asOf, rows: rowsIn(resources, maker) };
      },
    });
  }

  function rowsIn<Row>(
    resources: readonly FhirResource[],
    { resourceType, kind, schema }: RowMaker<Row>,
  ): OwnedRow<Row>[] {
    const wanted = resources.filter(
      (resource) => resource.resourceType === resourceType && (kind === undefined || isOfKind(resource, kind)),
    );
    const good = usableRows(z.intersection(schema, withheldLabel), wanted, { source: SOURCE, list: resourceType, log });
    const byReference = new Map(resources.map((resource) => [`${resource.resourceType}/${resource.id}`, resource]));
    const lookup = (reference: string | undefined) => {
      const [type = '', id] = (reference ?? '').split('/').slice(-2);
      return idIn(reference, type, baseUrl) === null ? undefined : byReference.get(`${type}/${id}`);
    };
    // A visit that was transferred twice has two ids and one number.
    const keyOf = ({ patient, businessKey }: ParsedRow<Row>) =>
      businessKey === null ? null : `${patient}\n${businessKey}`;
    // Of copies, one may be withdrawn: the others stand.
    const standing = good.filter(({ toRow }) => toRow !== null);
    return onceEach(standing, keyOf).flatMap(({ patient, toRow, withheld }) => {
      if (toRow === null) return [];
      const row = toRow(lookup);
      return [
        { localId: idIn(patient, 'Patient', baseUrl), row: withheld ? { ...row, withheld: true as const } : row },
      ];
    });
  }

  return {
    visitsOf: readerOf(visitRow),
    diagnosesOf: readerOf(diagnosisRow),
    assessmentOf: readerOf(assessmentRow),
    followUpOf: readerOf(followUpRow),
    medicationOf: readerOf(medicationRow),
    rehabilitationOf: readerOf(rehabilitationRow),
    async register(cursor, { signal } = {}) {
      const page =
        cursor === null
          ? await search.first('Patient', { _count: LARGEST_BATCH }, { source: SOURCE, signal })
          : await search.following(cursor, { source: SOURCE, signal });
      if (page.next !== null && page.next === cursor)
        throw invalidAnswer(SOURCE, 'a page of the register is its own next');
      const patients = page.resources.filter(isPatient);
      return {
        entries: usableRows(registerEntryOf(baseUrl), patients, { source: SOURCE, list: 'Patient', log }),
        next: page.next,
      };
    },
    async probe({ signal } = {}) {
      const answer = await door.get('metadata', { signal, accept: 'application/fhir+json', pass: () => false });
      answer.json(
        z.object({ resourceType: z.literal('CapabilityStatement'), fhirVersion: z.string().startsWith('4.0') }),
      );
    },
    async close() {},
  };
}

const isPatient = ({ resourceType }: FhirResource) => resourceType === 'Patient';
