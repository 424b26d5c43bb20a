/** Packages that are ES modules only, which Jest's CommonJS runtime needs transformed. */
const ES_MODULES = [
  'jose',
  '@octokit',
  'universal-user-agent',
  'before-after-hook',
  'content-type',
  'toad-cache',
  'fast-content-type-parse',
  'json-with-bigint',
  'nodemailer',
  'express-rate-limit',
];

/**
 * Unit tests mirror the folders and touch nothing outside the process;
 * integration tests run on real servers and databases; end-to-end tests in a real n8n;
 * interoperability tests meet programs that others have written; production tests run the set-up of
 * several processes on a production Temporal and PostgreSQL.
 */
const shared = {
  transform: {
    '^.+\\.(ts|js|mjs)$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2023' },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${ES_MODULES.join('|')})/)`],
  moduleFileExtensions: ['ts', 'js', 'mjs', 'cjs', 'json', 'node'],
  moduleNameMapper: { '^@careerhooks/(.*)$': '<rootDir>/$1/src' },
  testEnvironment: 'node',
};

const inN8n = { ...shared, globalSetup: '<rootDir>/test/e2e/support/global-setup.ts' };

module.exports = {
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: ['<rootDir>/test/unit/**/*.test.ts'],
      setupFilesAfterEnv: ['<rootDir>/test/support/within-the-process.cjs'],
    },
    {
      ...shared,
      displayName: 'integration',
      testMatch: ['<rootDir>/test/integration/**/*.test.ts'],
    },
    {
      ...shared,
      displayName: 'interop',
      testMatch: ['<rootDir>/test/interop/**/*.test.ts'],
      globalSetup: '<rootDir>/test/interop/support/global-setup.ts',
    },
    {
      ...shared,
      displayName: 'production',
      testMatch: ['<rootDir>/test/production/**/*.test.ts'],
    },
    { ...inN8n, displayName: 'e2e', testMatch: ['<rootDir>/test/e2e/**/*.test.ts'] },
    {
      ...inN8n,
      displayName: 'pictures',
      testMatch: ['<rootDir>/test/e2e/{take-pictures,walk}.ts'],
    },
    { ...shared, displayName: 'designs', testMatch: ['<rootDir>/test/interop/cv/draw-designs.ts'] },
  ],
  reporters: ['default', '<rootDir>/test/support/closing-line.cjs'],
  maxWorkers: 2,
  testTimeout: 150_000,
};
