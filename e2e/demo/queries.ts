/** The operations of the demo's story; docs, tests and benchmarks use the same ones. */

export const PROFILE = `query CareProfile($id: ID!) {
  person(id: $id) {
    id maskedName name lifeStages
    access { department category basis }
    education {
      source { status asOf } enrolment { school grade status } counselling { kind opened sessions lastDate }
      assessment { instrument date level } protection { kind opened status }
    }
    health {
      source { status asOf } visits { date class organisation } diagnoses { code display clinicalStatus onset }
      assessment { instrument date level } followUp { plan interval last nextDue } medication { display } rehabilitation { programme station }
    }
    civilAffairs {
      source { status asOf } assistance { kind amountCny from to } childWelfare { category childDirector }
      elderlyCare { abilityLevel service } familyGuidance { kind opened }
    }
    justice { source { status asOf } legalAid { kind stage } mediation { kind committee stage agreementDate } reintegration { from to } }
    womensFederation { source { status asOf } familySupport { kind from } rightsCase { kind stage } hotline { date topic disposition } }
    union { source { status asOf } employeeAssistance { programme sessions } hardshipAid { kind amountCny date } workplaceMediation { kind stage } }
    timeline(first: 8) {
      edges { node { date department title } }
      gaps { department reason }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

export const MASKED_NAME = 'query Who($id: ID!) { person(id: $id) { id maskedName } }';

export const REGISTER = `mutation Register($input: RegisterPersonInput!) {
  registerPerson(input: $input) { created person { id maskedName } userErrors { code message path } }
}`;

export const MATCH = 'query Match($idNumber: IDNumber!) { matchPerson(idNumber: $idNumber) { id maskedName } }';
