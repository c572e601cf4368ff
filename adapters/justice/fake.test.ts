import { registerOf } from '../shared/fake-source.fixture.ts';
import { describeJusticeSource } from './contract.ts';
import { fakeJusticeSource } from './fake.ts';
import type { LegalAid, Mediation, Reintegration } from './port.ts';

const legalAid: LegalAid = {
  kind: 'LABOUR',
  kindCode: '06',
  kindDisplay: '劳动争议调解与仲裁代理',
  stage: 'IN_PROGRESS',
  stageCode: '30',
  opened: '2026-03-08',
  decidedOn: '2026-03-11',
  closed: null,
  organisation: '区法律援助中心',
  sealed: false,
};
const mediation: Mediation = {
  kind: 'MARRIAGE_AND_FAMILY',
  kindCode: 'HY',
  kindDisplay: '婚姻家庭纠纷',
  committee: null,
  stage: 'AGREED',
  stageCode: '3',
  opened: '2025-04',
  agreementDate: '2025-06-09',
};
const reintegration: Reintegration = {
  from: '2025-07-01',
  to: null,
  worker: '郭志强',
  organisation: null,
  sealed: false,
};

describeJusticeSource('justice in memory, sealed legal aid', async () => ({
  source: fakeJusticeSource({
    register: registerOf(['J1', 'J2', 'J3', 'J4']),
    legalAid: { J1: [legalAid], J4: [{ ...legalAid, kind: 'CRIMINAL', sealed: true }] },
    mediation: { J2: [mediation] },
    reintegration: { J3: [reintegration] },
  }),
  knownIds: ['J1', 'J2', 'J3'],
  unknownId: 'J0',
  sealedOnly: 'J4',
}));

describeJusticeSource('justice in memory', async () => ({
  source: fakeJusticeSource({
    register: registerOf(['J1', 'J2', 'J3', 'J4']),
    legalAid: { J1: [legalAid] },
    mediation: { J2: [mediation] },
    reintegration: { J3: [reintegration], J4: [{ ...reintegration, sealed: true }] },
  }),
  knownIds: ['J1', 'J2', 'J3'],
  unknownId: 'J0',
  sealedOnly: 'J4',
}));
