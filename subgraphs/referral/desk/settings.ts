import { plainHttpFault } from '../../../adapters/shared/plain-http.ts';
import { setting, type SettingsTable, timeoutSetting } from '../../../adapters/shared/settings.ts';

/** How the desk of a department reaches the hub: as any other client of its API does. */
export const deskSettings = {
  HUB_URL: {
    schema: setting.doorUrl(),
    description: "the hub's API, e.g. https://host/graphql",
    inProduction: plainHttpFault,
  },
  HUB_TOKEN_URL: {
    schema: setting.doorUrl(),
    description: "token endpoint of the hub's issuer, e.g. https://host/realms/care/protocol/openid-connect/token",
    inProduction: plainHttpFault,
  },
  HUB_CLIENT_ID: {
    schema: setting.headerText(),
    description: "the department's own client at the hub, with the role department-system",
  },
  HUB_CLIENT_SECRET: { schema: setting.headerText(), description: 'secret of that client', secret: 'credential' },
  HUB_TIMEOUT_MS: timeoutSetting('how long one operation of the hub may take'),
  DESK_STATE: {
    schema: setting.text('./data/desk.json'),
    description: 'file in which the desk keeps how far it has come, one a department; without it the desk begins anew',
    shown: './data/desk.json',
  },
} satisfies SettingsTable;
