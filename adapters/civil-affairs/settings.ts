import { setting, type Settings, type SettingsTable, timeoutSetting } from '../shared/settings.ts';

/** How the hub reaches the civil-affairs department's care service. */
export const civilAffairsSettings = {
  CIVIL_AFFAIRS_URL: {
    schema: setting
      .doorUrl()
      .refine((url) => /^https?:\/\/[^/]+\/[^?#]*[^/?#]$/i.test(url), 'must end in a path, without slash or query'),
    description: 'endpoint of the care service (SOAP 1.1), e.g. https://host/ws/care; its WSDL is never fetched',
  },
  CIVIL_AFFAIRS_USER: {
    schema: setting.text(),
    description: 'user name that civil affairs gave to the hub (WS-Security user name token)',
  },
  CIVIL_AFFAIRS_PASSWORD: {
    schema: setting.text(),
    description: 'password of that user; travels as digest only',
    secret: 'credential',
  },
  CIVIL_AFFAIRS_TIMEOUT_MS: timeoutSetting('how long one batched read of civil affairs may take'),
} satisfies SettingsTable;

export type CivilAffairsSettings = Settings<typeof civilAffairsSettings>;
