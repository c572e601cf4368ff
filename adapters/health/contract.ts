/** What every source of health must do, the fake and the one that speaks FHIR. Test support. */
import { describeDepartmentSource, namesOf, type RowShapes, type SourceUnderTest } from '../shared/source.contract.ts';
import type { HealthSource } from './port.ts';

/** There is no number among them: a level is a word, a score has no place. */
const ROWS = {
  visitsOf: { date: 'date', end: 'date', class: 'text', status: 'text', service: 'text', organisation: 'text' },
  diagnosesOf: {
    system: 'text',
    code: 'text',
    display: 'text',
    otherCodings: 'list',
    clinicalStatus: 'text',
    verification: 'text',
    onset: 'date',
    recorded: 'date',
    organisation: 'text',
  },
  assessmentOf: {
    instrument: 'text',
    instrumentCode: 'text',
    instrumentSystem: 'text',
    date: 'date',
    level: ['NONE', 'MILD', 'MODERATE', 'SEVERE', 'OTHER', null],
    organisation: 'text',
  },
  followUpOf: {
    plan: 'text',
    status: 'text',
    interval: 'text',
    from: 'date',
    to: 'date',
    last: 'date',
    nextDue: 'date',
    worker: 'text',
    organisation: 'text',
  },
  medicationOf: {
    display: 'text',
    code: 'text',
    system: 'text',
    dosage: 'text',
    status: 'text',
    date: 'date',
    to: 'date',
    organisation: 'text',
  },
  rehabilitationOf: { programme: 'text', station: 'text', status: 'text', from: 'date', to: 'date' },
} as const satisfies RowShapes<HealthSource>;

export const HEALTH_READS = namesOf(ROWS);

export function describeHealthSource(name: string, start: () => Promise<SourceUnderTest<HealthSource>>): void {
  describeDepartmentSource(name, { rows: ROWS }, start);
}
