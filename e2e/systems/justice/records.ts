/** What stands in the bureau's tables, line by line as its clerks wrote it. */
import { ageOn, shiftYears } from '../world/calendar.ts';
import type { RegisterLine, World, WorldPerson } from '../world/model.ts';
import { randomFor, type Random } from '../world/random.ts';
import { registerOf } from '../world/register.ts';
import {
  COMMITTEES,
  JUSTICE_OFFICES,
  LEGAL_AID,
  LEGAL_AID_KINDS,
  LEGAL_AID_OFFICES,
  LEGAL_AID_STAGE,
  LOST_COMMITTEE,
  LOST_OFFICE,
  MEDIATION_KINDS,
  MEDIATION_STAGE,
  OUTSIDE,
} from './code-lists.ts';
import { roughDate, writtenDate } from './quirks.ts';
import type { JusticeRecords, LegalAidCase, MediationCase, PersonLine, ReintegrationFile } from './record-types.ts';
import { STORY_FACTS } from './story-facts.ts';

interface Subject {
  readonly person: WorldPerson;
  readonly personNo: string;
  readonly random: Random;
  readonly today: string;
  /** First day on which the bureau can have acted: the start of the year in the person's number. */
  readonly since: string;
}

const OUTSIDE_SHARE = 0.04;
const LOST_SHARE = 0.03;
const DUPLICATE_SHARE = 0.06;
const WORKERS = ['郭志强', '曹建平', '许文斌', '邓晓红'];

/** Same world, same tables. */
export function justiceRecords(world: World): JusticeRecords {
  const records: Filled = { legalAid: [], mediation: [], reintegration: [] };
  const filed = new Set<string>();
  for (const person of world.people) {
    for (const personNo of person.localIds.justice) {
      // Of a number that two persons claim, the files are the first one's.
      if (filed.has(personNo)) continue;
      filed.add(personNo);
      const random = randomFor(world.seed, 'justice', 'files', personNo);
      fileFor({ person, personNo, random, today: world.today, since: `${personNo.slice(0, 4)}-01-01` }, records);
    }
  }
  return { persons: personLines(world), ...records };
}

interface Filled {
  readonly legalAid: LegalAidCase[];
  readonly mediation: MediationCase[];
  readonly reintegration: ReintegrationFile[];
}

function fileFor(subject: Subject, { legalAid, mediation, reintegration }: Filled): void {
  const { person, personNo, random, today } = subject;
  const told = STORY_FACTS[person.story ?? ''];
  if (told !== undefined) {
    if (told.legalAid) legalAid.push({ person_no: personNo, ...told.legalAid });
    if (told.mediation) mediation.push({ person_no: personNo, ...told.mediation });
    if (told.reintegration) reintegration.push({ person_no: personNo, ...told.reintegration });
    return;
  }
  const age = ageOn(person.birthDate, today);
  const offender = random.chance(age < 14 ? 0 : age < 18 ? 0.5 : 0.18);
  const helped = random.chance(age < 18 ? 0.1 : 0.45);
  if (offender) file(reintegration, reintegrationFile(subject), random);
  if (helped) for (let n = random.int(1, 2); n > 0; n -= 1) file(legalAid, legalAidCase(subject, n), random);
  // Everybody in the register has been there for something; most for a quarrel.
  const quarrelled = (!offender && !helped) || random.chance(0.25);
  if (quarrelled) for (let n = random.int(1, 3); n > 0; n -= 1) file(mediation, mediationCase(subject, n), random);
}

/** The old and the new system both hold some cases. */
function file<Line>(lines: Line[], line: Line, random: Random): void {
  lines.push(line);
  if (random.chance(DUPLICATE_SHARE)) lines.push(line);
}

function legalAidCase({ person, personNo, random, today, since }: Subject, n: number): LegalAidCase {
  const applied = random.date(since, today);
  const stage = random.pick(Object.values(LEGAL_AID_STAGE));
  const decided = stage === LEGAL_AID_STAGE.applied ? null : random.date(applied, today);
  const kind = random.chance(OUTSIDE_SHARE) ? OUTSIDE.legalAid : random.pick(LEGAL_AID_KINDS)[0];
  const offence = kind === LEGAL_AID.criminal || kind === LEGAL_AID.dutyLawyer;
  return {
    person_no: personNo,
    case_no: `法援${applied.slice(0, 4)}-${personNo.slice(-6)}-${n}`,
    kind_code: kind,
    stage_code: random.chance(0.02) ? OUTSIDE.legalAidStage : stage,
    applied_on: roughDate(random, applied),
    decided_on: decided && writtenDate(random, decided),
    closed_on: stage === LEGAL_AID_STAGE.closed ? writtenDate(random, random.date(decided ?? applied, today)) : null,
    office_id: random.chance(LOST_SHARE) ? LOST_OFFICE : random.pick(LEGAL_AID_OFFICES),
    juvenile: offence && ageOn(person.birthDate, applied) < 18 ? '1' : '0',
    facts: '案情：略。',
  };
}

function mediationCase({ personNo, random, today, since }: Subject, n: number): MediationCase {
  const accepted = random.date(since, today);
  const stage = random.weighted([
    [MEDIATION_STAGE.agreed, 6],
    [MEDIATION_STAGE.going, 2],
    [MEDIATION_STAGE.accepted, 1],
    [MEDIATION_STAGE.notAgreed, 1],
    [MEDIATION_STAGE.withdrawn, 1],
  ]);
  return {
    person_no: personNo,
    case_no: `人调${accepted.slice(0, 4)}-${personNo.slice(-6)}-${n}`,
    kind_code: random.weighted([
      [random.pick(MEDIATION_KINDS)[0], 94],
      [OUTSIDE.mediation, 4],
      [null, 2],
    ]),
    stage_code: random.chance(0.02) ? OUTSIDE.mediationStage : stage,
    accepted_on: roughDate(random, accepted),
    agreement_on: stage === MEDIATION_STAGE.agreed ? writtenDate(random, random.date(accepted, today)) : null,
    committee_id: random.chance(LOST_SHARE) ? LOST_COMMITTEE : random.pick(COMMITTEES)[0],
    talk: '调解笔录：略。',
  };
}

function reintegrationFile({ person, personNo, random, today, since }: Subject): ReintegrationFile {
  const fourteen = shiftYears(person.birthDate, 14);
  const from = random.date(fourteen > since ? fourteen : since, today);
  const juvenile = ageOn(person.birthDate, from) < 18;
  const to = shiftYears(from, random.int(1, 3));
  return {
    person_no: personNo,
    case_no: `安帮${from.slice(0, 4)}-${personNo.slice(-6)}`,
    from_on: writtenDate(random, from),
    to_on: to <= today ? writtenDate(random, to) : null,
    worker: random.chance(0.04) ? null : random.pick(WORKERS),
    office_id: random.chance(LOST_SHARE) ? LOST_OFFICE : random.pick(JUSTICE_OFFICES),
    juvenile: juvenile ? '1' : '0',
    // Clerks forgot the mark on some juveniles' files: the other column still tells.
    sealed: juvenile ? (random.chance(0.5) ? null : '1') : '0',
  };
}

function personLines(world: World): PersonLine[] {
  const planted = new Set(
    world.planted.flatMap(({ department, localIds }) => (department === 'justice' ? localIds : [])),
  );
  return registerOf(world, 'justice').map((line) => personLine(world, line, planted.has(line.localId)));
}

function personLine({ seed }: World, line: RegisterLine, planted: boolean): PersonLine {
  const random = randomFor(seed, 'justice', 'register', line.localId, line.name);
  const sex = line.sex === 'MALE' ? '1' : '2';
  return {
    person_no: line.localId,
    name: line.name,
    id_no: line.idNumber,
    // A planted quirk shows by itself.
    sex: !planted && random.chance(0.03) ? '9' : sex,
    birth_date: writtenDate(random, line.birthDate),
    division: line.division,
  };
}
