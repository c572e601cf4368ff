import { registerOf } from '../shared/fake-source.fixture.ts';
import { describeWomensFederationSource } from './contract.ts';
import { fakeWomensFederationSource } from './fake.ts';
import type { FamilySupport, RightsCase } from './port.ts';

const support: FamilySupport = {
  kind: 'HOME_VISIT',
  kindText: '走访',
  from: '2026-01-02',
  to: null,
  sessions: null,
  status: null,
  organisation: null,
};
const rightsCase: RightsCase = {
  kind: 'DOMESTIC_VIOLENCE',
  kindText: '家庭暴力',
  stage: 'ACCEPTED',
  acceptedOn: '2026-03-01',
  closedOn: null,
  protectionOrder: true,
  organisation: null,
  sealed: true,
};

describeWomensFederationSource("the women's federation in memory", async () => ({
  source: fakeWomensFederationSource({
    register: registerOf(['a', 'e']),
    familySupport: { a: [support] },
    rightsCases: { a: [rightsCase] },
    hotlineContacts: { a: [{ date: '2026-01-02', topic: 'OTHER', topicText: '其他', disposition: null }] },
  }),
  knownIds: ['a', 'e'],
  unknownId: 'b',
  sealed: 'a',
}));
