import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Stack, startStack } from '../harness/start-stack.ts';
import { writeDemoFile } from './demo-file.ts';
import { STORY } from './story.ts';

const HELP = `npm run demo [-- options]

Starts the hub, six sample departmental systems and a sign-in server, tells one person's story, and stays up.

  --once            tells the story on free ports, leaves nothing behind, exits 0 only if every step gave what it should
  --port N          gateway (4000)             --sign-in-port N   sign-in server (4001)
  --systems-port N  first of the departments' ports (4110)
  --people N        how many people live in the made-up district (200)
  --seed N          another district
  --watch           the hub starts anew when its sources or its schema change (npm run dev)
  --help            this text

data/demo.json then holds the addresses, the clients with their secrets, and the people. The hub's store is temporary:
each start begins with the people of the story.`;

const options = readOptions();
/** A developer's receiver runs beside the demo. */
const WEBHOOKS_HERE = { WEBHOOK_ALLOWED_RANGES: '127.0.0.0/8', WEBHOOK_PLAIN_HTTP: 'allow' };

const DEMO_FILE = fileURLToPath(new URL('../../data/demo.json', import.meta.url));

// `npm run demo | head`: whoever stops reading must not leave servers behind.
process.stdout.on('error', () => {});

process.exitCode = options.help ? help() : await demo().catch(refuse);

function readOptions() {
  try {
    return parseArgs({
      options: {
        once: { type: 'boolean' },
        help: { type: 'boolean' },
        port: { type: 'string', default: '4000' },
        'sign-in-port': { type: 'string', default: '4001' },
        'systems-port': { type: 'string', default: '4110' },
        people: { type: 'string', default: '200' },
        seed: { type: 'string' },
        watch: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`);
    process.exit(2);
  }
}

function help(): number {
  console.log(HELP);
  return 0;
}

async function demo(): Promise<number> {
  const started = Date.now();
  // From the first moment on: whatever has been started by then must be ended.
  const interrupted = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  console.log(
    '正在启动六个部门系统、登录服务和枢纽…… / Starting six departmental systems, the sign-in server and the hub …',
  );
  const stack = await start();
  try {
    console.log(`已就绪 / Ready after ${seconds(started)} s: ${stack.gateway}\n`);
    const failed = await Promise.race([tell(stack), interrupted.then(() => null)]);
    if (failed === null) return 130;
    console.log(
      failed === 0
        ? `全部步骤符合预期。 / Every step gave what it should. (${seconds(started)} s)`
        : `${failed} 步不符合预期。 / ${failed} step(s) did not.`,
    );
    if (options.once) return failed === 0 ? 0 : 1;
    console.log(
      `\n继续：data/demo.json 与 docs/integrating.md；Ctrl+C 结束。 / Go on with data/demo.json and docs/integrating.md; Ctrl+C ends it.`,
    );
    await interrupted;
    return failed === 0 ? 0 : 1;
  } finally {
    await stack.close();
  }
}

async function start(): Promise<Stack> {
  const people = wholeNumber('people');
  const made = {
    people,
    wholeDirectory: true,
    small: true,
    ...(options.seed !== undefined && { seed: wholeNumber('seed') }),
  };
  if (options.once) return startStack(made);
  const ports = {
    gateway: wholeNumber('port'),
    signIn: wholeNumber('sign-in-port'),
    systemsBase: wholeNumber('systems-port'),
  };
  const stack = await startStack({ ...made, ports, watch: options.watch, environment: WEBHOOKS_HERE });
  writeDemoFile(DEMO_FILE, stack);
  return stack;
}

function wholeNumber(option: 'people' | 'seed' | 'port' | 'sign-in-port' | 'systems-port'): number {
  const text = options[option] ?? '';
  if (!/^\d{1,9}$/.test(text)) throw new Error(`--${option}: a whole number is expected, not "${text}"`);
  return Number(text);
}

function refuse(error: unknown): number {
  console.error(error instanceof Error ? error.message : String(error));
  return 1;
}

async function tell(stack: Stack): Promise<number> {
  let failed = 0;
  for (const [i, { zh, en, run }] of STORY.entries()) {
    console.log(`${i + 1}. ${zh}\n   ${en}`);
    try {
      for (const line of await run(stack)) console.log(`     ${line}`);
    } catch (error) {
      failed += 1;
      console.log(`     ✗ ${error instanceof Error ? error.message : String(error)}`);
    }
    console.log('');
  }
  return failed;
}

function seconds(since: number): string {
  return ((Date.now() - since) / 1_000).toFixed(1);
}
