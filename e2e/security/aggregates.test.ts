/** Case 67, as far as the hub answers figures at all: a walk over the published API. A new figure has to be judged here. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { buildSchema, getNamedType, isInterfaceType, isObjectType } from 'graphql';

const api = buildSchema(readFileSync(new URL('../../schema/generated/api.graphql', import.meta.url), 'utf8'));

const FIGURES: Readonly<Record<string, readonly string[]>> = {
  'of one record that the caller sees': [
    'Assistance.amountCny',
    'CounsellingService.sessions',
    'EmployeeAssistance.sessions',
    'FamilyGuidance.sessions',
    'FamilySupport.sessions',
    'HardshipAid.amountCny',
    'Referral.version',
    'ReferralChange.step',
    'ReferralChange.version',
    'ReferralClock.escalated',
    'ReferralHistoryEntry.version',
  ],
  'of the directory, which is public': [
    'CostOption.amount',
    'Eligibility.maximumAge',
    'Eligibility.minimumAge',
    'Location.latitude',
    'Location.longitude',
    'Location.version',
    'Organisation.version',
    'Professional.version',
    'Service.version',
    'ServiceCapacity.available',
  ],
  'of deliveries to the caller’s own endpoint': [
    'ReplayWebhookDeadLettersPayload.replayed',
    'Webhook.behind',
    'Webhook.retrying',
    'WebhookDeadLetter.attempts',
  ],
  'of referrals, each of which the caller may list (subgraphs/referral/referral-lists.test.ts)': [
    'ReferralCount.count',
  ],
  'of uses by department, in whole months (subgraphs/person/emergency/emergency.test.ts)': [
    'EmergencyFigure.accesses',
    'EmergencyFigure.justified',
    'EmergencyFigure.notJustified',
    'EmergencyFigure.open',
  ],
};

const fields = Object.values(api.getTypeMap())
  .filter((type) => (isObjectType(type) || isInterfaceType(type)) && !type.name.startsWith('__'))
  .flatMap((type) => ('getFields' in type ? Object.values(type.getFields()).map((field) => ({ type, field })) : []));

test('case 67: no field counts persons: every figure of the API is of one record, of the directory, or of a caller’s own', () => {
  const figures = fields.flatMap(({ type, field }) =>
    /^(Int|Float|NonNegative(Int|Float)|BigInt|Long|Decimal)$/.test(String(getNamedType(field.type)))
      ? [`${type.name}.${field.name}`]
      : [],
  );
  expect(figures.toSorted()).toEqual(Object.values(FIGURES).flat().toSorted());
});

test('case 67: nothing gives a share, a sum or a total, which with one count would give another', () => {
  const shares = fields.filter(({ field }) =>
    /(percentage|percent|ratio|share|total|sum|average|median)s?$/i.test(field.name),
  );
  expect(shares.map(({ type, field }) => `${type.name}.${field.name}`)).toEqual([]);
});

test('case 67: no list can be grouped, and none of persons be filtered or sorted', () => {
  const query = api.getQueryType()?.getFields() ?? {};
  const grouped = Object.values(query).filter(({ args }) =>
    args.some(({ name }) => /group|breakdown|aggregate/i.test(name)),
  );
  expect(grouped.map(({ name }) => name)).toEqual([]);
  const ofPersons = Object.values(query).filter(({ type }) => String(getNamedType(type)) === 'Person');
  expect(ofPersons.map(({ name, args }) => `${name}(${args.map((arg) => arg.name).join()})`).toSorted()).toEqual([
    'matchPerson(idNumber)',
    'me()',
    'myWards()',
    'person(id)',
    'personByLocalId(localId)',
    'persons(ids)',
  ]);
});
