import type { Medication, Resource } from '@medplum/fhirtypes';
import { ageOn, shiftYears } from '../world/calendar.ts';
import type { RegisterLine, World, WorldPerson } from '../world/model.ts';
import { randomFor } from '../world/random.ts';
import { registerOf } from '../world/register.ts';
import { personById } from '../world/world.ts';
import { clinicalResources } from './clinical-records.ts';
import { ATC, type Course, DRUGS } from './code-lists.ts';
import { patientResource } from './patient-resource.ts';
import { storyChart } from './story-charts.ts';

export type StoredResource = Resource & { id: string };

/** The health department's records. Nothing is kept in memory but the register: a chart is made when it is asked for. */
export interface HealthRecords {
  /** Ids of all Patient resources, in the order of the register. */
  readonly patientIds: readonly string[];
  /** The Patient first, then everything about the patient; `null` for an id that is not known. */
  chartOf(patientId: string): readonly StoredResource[] | null;
  readonly formulary: readonly (Medication & { id: string })[];
}

interface Entry {
  readonly line: RegisterLine;
  /** The second claimant of a local id: a record that the department merged into the first one's. */
  readonly mergedInto: string | null;
}

const CHARTS_REMEMBERED = 500;

/** Deterministic: the same world gives the same charts, whatever was asked before. */
export function healthRecords(world: World): HealthRecords {
  const entries = entriesOf(world);
  const remembered = new Map<string, readonly StoredResource[]>();
  return {
    patientIds: [...entries.keys()],
    formulary: DRUGS.map(([code, display]) => ({
      resourceType: 'Medication',
      id: code,
      code: { coding: [{ system: ATC, code, display }] },
    })),
    chartOf(patientId) {
      const entry = entries.get(patientId);
      if (entry === undefined) return null;
      const chart = remembered.get(patientId) ?? chartFor(world, patientId, entry);
      remembered.delete(patientId);
      remembered.set(patientId, chart);
      if (remembered.size > CHARTS_REMEMBERED) remembered.delete(remembered.keys().next().value ?? '');
      return chart;
    },
  };
}

function entriesOf(world: World): ReadonlyMap<string, Entry> {
  const entries = new Map<string, Entry>();
  for (const line of registerOf(world, 'health')) {
    const { localId } = line;
    if (entries.has(localId)) entries.set(`${localId}-merged`, { line, mergedInto: localId });
    else entries.set(localId, { line, mergedInto: null });
  }
  return entries;
}

function chartFor(world: World, id: string, { line, mergedInto }: Entry): readonly StoredResource[] {
  const draw = randomFor(world.seed, 'health', 'chart', id);
  const patient = patientResource(line, { id, mergedInto, draw });
  if (mergedInto !== null) return [patient];
  const person = personById(world, line.personId);
  const longAgo = shiftYears(world.today, -draw.int(2, 9));
  const chart = {
    localId: id,
    today: world.today,
    since: person.birthDate > longAgo ? person.birthDate : longAgo,
    course: courseOf(person, { today: world.today, drawn: draw.float() }),
    draw,
  };
  return [patient, ...(storyChart(person, chart) ?? clinicalResources(chart))];
}

/** About every third patient is in psychiatric or psychological care. */
function courseOf(person: WorldPerson, { today, drawn }: { today: string; drawn: number }): Course {
  if (ageOn(person.birthDate, today) < 16) return drawn < 0.35 ? 'child' : 'physical';
  if (drawn < 0.12) return 'severe';
  return drawn < 0.35 ? 'common' : 'physical';
}
