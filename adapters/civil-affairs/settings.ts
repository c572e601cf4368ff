import { setting, type Settings, type SettingsTable } from '../shared/settings.ts';

/** How the hub reaches the civil-affairs department's care service. */
export const civilAffairsSettings = {
  CIVIL_AFFAIRS_URL: {
    schema: setting.url(),
    description: 'endpoint of the care service (SOAP 1.1), e.g. https://host/ws/care; its WSDL is never fetched',
  },
  CIVIL_AFFAIRS_USER: {
    schema: setting.text(),
    description: 'user name that civil affairs gave to the hub (WS-Security user name token)',
  },
  CIVIL_AFFAIRS_PASSWORD: {
    schema: setting.text(),
    description: 'password of that user; travels as digest only',
    secret: true,
  },
  CIVIL_AFFAIRS_TIMEOUT_MS: {
    schema: setting.integer({ min: 100, max: 60_000, fallback: 3_000 }),
    description: 'how long one batched read of civil affairs may take, in milliseconds',
    shown: '3000',
  },
} satisfies SettingsTable;

export type CivilAffairsSettings = Settings<typeof civilAffairsSettings>;
