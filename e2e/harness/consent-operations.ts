export const GIVE_CONSENT = `mutation Give($input: GiveConsentInput!) {
  giveConsent(input: $input) { consent { id status missing text { zh en } } userErrors { code message path } }
}`;

export const AGREE = `mutation Agree($input: AgreeToConsentInput!) {
  agreeToConsent(input: $input) { consent { id status missing } userErrors { code message path } }
}`;
