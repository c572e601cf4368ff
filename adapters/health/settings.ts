import { setting, type Settings, type SettingsTable, timeoutSetting } from '../shared/settings.ts';

/** How the hub reaches the health department's FHIR server. */
export const healthSettings = {
  HEALTH_URL: {
    schema: setting.doorUrl(),
    description: 'FHIR R4 base URL of the health department, e.g. https://host/fhir/R4',
  },
  HEALTH_TOKEN: {
    schema: setting.headerText(),
    description: 'bearer token that the health department gave to the hub',
    secret: 'credential',
  },
  HEALTH_TIMEOUT_MS: timeoutSetting('how long one batched read of the health department may take'),
} satisfies SettingsTable;

export type HealthSettings = Settings<typeof healthSettings>;
