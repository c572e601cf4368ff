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

export const WITHDRAW = `mutation Withdraw($input: WithdrawConsentInput!) {
  withdrawConsent(input: $input) { consent { id status } userErrors { code message path } }
}`;

export const OWN_VIEW = `query OwnView($personId: ID) {
  myAccessLog(personId: $personId, first: 12) { edges { node { department bases categories answered text { zh en } } } }
  whoCanSee(personId: $personId) { department basis categories text { zh en } }
}`;

export const MY_NOTICES = 'query MyNotices { myNotices { at text { zh en } } }';

export const MY_WARDS = 'query MyWards { me { id maskedName } myWards { id maskedName } }';

export const SUSPEND = `mutation Suspend($input: SuspendGuardianshipInput!) {
  suspendGuardianship(input: $input) { guardianship { guardianId suspended } userErrors { code message path } }
}`;

export const DIAGNOSES = `query Diagnoses($id: ID!) {
  person(id: $id) { maskedName health { source { status } diagnoses { code display } followUp { plan } } }
}`;

export const BEGIN_EMERGENCY = `mutation Emergency($input: BeginEmergencyAccessInput!) {
  beginEmergencyAccess(input: $input) {
    emergencyAccess { id from to }
    person { id maskedName }
    userErrors { code message path }
  }
}`;

export const REVIEWS = `query Reviews {
  emergencyReviews { edges { node { id subject organisation reason dueAt overdue } } }
}`;

export const REVIEW = `mutation Review($input: ReviewEmergencyAccessInput!) {
  reviewEmergencyAccess(input: $input) { emergencyAccessId userErrors { code message path } }
}`;

export const AUDIT_RECORDS = `query Records($filter: AuditFilter!) {
  auditRecords(filter: $filter, first: 5) {
    edges { node { at kind client purpose outcome change persons { personId crossesJurisdiction categories { category basis ground } } } }
  }
}`;
