/** @type {import('jest').Config} */
export default {
  testEnvironment: './.ci/plain-globals.ts',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': ['@swc/jest', { jsc: { target: 'es2024', parser: { syntax: 'typescript' } }, module: { type: 'es6' } }],
    // In each of its checks graphql-js looks for a second copy of itself, but in production: a tenth of the tests' time.
    '/graphql/jsutils/instanceOf\\.js$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2024',
          parser: { syntax: 'ecmascript' },
          transform: { optimizer: { globals: { vars: { 'process.env.NODE_ENV': '"production"' } } } },
        },
        module: { type: 'commonjs' },
      },
    ],
  },
  transformIgnorePatterns: ['/node_modules/(?!graphql/jsutils/instanceOf\\.js$)'],
  testMatch: ['**/*.test.ts'],
  testTimeout: 30_000,
  // In its own process jest keeps something of every suite (modules of `node:vm` are not freed): after 425 of them 4 GB,
  // where Node gives up. A worker is ended and begun anew when it has grown so far; there are workers from two on.
  // One more than the usual two cores: suites that start programs or real servers mostly wait for them.
  maxWorkers: 3,
  workerIdleMemoryLimit: '1200MB',
};
