import { z } from 'zod';
import { plainHttpFault } from '../shared/plain-http.ts';
import { setting, type SettingsTable } from '../shared/settings.ts';

const HEADER = /^[\w.!#$%&'*+^`|~-]+=[!-~]*$/;

/** `name=value` pairs with a comma between them, values percent-encoded (OpenTelemetry, OTLP exporter configuration). */
const otlpHeaders = z
  .string()
  .default('')
  .transform((text, context): Readonly<Record<string, string>> => {
    const pairs = text.split(',').flatMap((pair) => (pair.trim() === '' ? [] : [pair.trim()]));
    if (pairs.every((pair) => HEADER.test(pair) && isEncoded(pair)))
      return Object.fromEntries(
        pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), decodeURIComponent(pair.slice(pair.indexOf('=') + 1))]),
      );
    context.addIssue({
      code: 'custom',
      message: 'must be name=value pairs with commas between, values percent-encoded',
    });
    return z.NEVER;
  });

function isEncoded(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/** A part of the requests, from 0 to 1. */
const ratio = z
  .string()
  .default('1')
  .refine((text) => /^(0(\.\d+)?|1(\.0+)?)$/.test(text), 'must be a number from 0 to 1')
  .transform(Number);

const port = z
  .string()
  .optional()
  .refine((text) => text === undefined || (/^\d{1,5}$/.test(text) && Number(text) <= 65_535), {
    error: 'must be a whole number from 0 to 65535',
  })
  .transform((text) => (text === undefined ? undefined : Number(text)));

/** What every long-running program of the hub reads: where its metrics are served, where its traces go. */
export const observabilitySettings = {
  METRICS_PORT: {
    schema: port,
    description: 'port on which GET /metrics answers Prometheus; 0 = any free one; without it no metrics are kept',
    shown: 'none',
  },
  METRICS_HOST: {
    schema: setting.text('127.0.0.1'),
    description:
      'address of that port; nobody is asked who they are there: let only Prometheus reach any other than loopback',
    shown: '127.0.0.1',
  },
  OTEL_EXPORTER_OTLP_ENDPOINT: {
    schema: setting.url().optional(),
    description:
      'collector of traces, e.g. https://collector.example:4318; OTLP over HTTP with JSON goes to /v1/traces below it; without it nothing is traced',
    inProduction: plainHttpFault,
    shown: 'none',
  },
  OTEL_EXPORTER_OTLP_HEADERS: {
    schema: otlpHeaders,
    secret: 'credential',
    description: 'headers that the collector wants, as name=value,name=value with percent-encoded values',
    shown: 'none',
  },
  OTEL_SERVICE_NAME: {
    schema: z.string().max(100).optional(),
    description: 'what this process is called in traces',
    shown: 'xinqiao-gateway, or xinqiao- and the name of the subgraph',
  },
  OTEL_TRACES_SAMPLER_ARG: {
    schema: ratio,
    description: 'which part of the requests is traced, from 0 to 1; a subgraph keeps to what the gateway decided',
    shown: '1',
  },
} satisfies SettingsTable;
