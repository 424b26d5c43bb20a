import { createRequire } from 'node:module';
import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import n8nNodesBase from 'eslint-plugin-n8n-nodes-base';
import tseslint from 'typescript-eslint';
import walls from './eslint.walls.cjs';

// n8n's rules for community packages at the version of its scan, which keeps them to itself since
// they ask for an older ESLint; they work with this one too.
const ofScan = createRequire(
  import.meta.resolve('@n8n/scan-community-package/scanner/scanner.mjs'),
);
const { n8nCommunityNodesPlugin } = ofScan('@n8n/eslint-plugin-community-nodes');
const NODE_PACKAGE = ['package.json', '{nodes,credentials}/**/*.{ts,json}'];

/** All rules of a kind as errors, warnings too. */
function asErrors(rules) {
  return Object.fromEntries(Object.keys(rules).map((name) => [name, 'error']));
}

export default tseslint.config(
  // Programs for generated clients compile beside those only.
  { ignores: ['**/dist/', '**/node_modules/', 'data/', 'test/interop/clients/'] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      // An empty object pattern or a void-returning arrow reads well in callbacks.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      'no-restricted-properties': [
        'error',
        {
          object: 'URL',
          property: 'canParse',
          message: 'Node 20 and 22 answer wrongly once it is optimised: use parseUrl of egress.',
        },
      ],
    },
  },
  {
    files: ['{store,worker}/src/**/*.ts'],
    // What keeps and delivers accepted events is read a step at a time. Lines as they stand: whoever
    // reads a function reads its comments, too.
    rules: { 'max-lines-per-function': ['error', { max: 60 }] },
  },
  {
    files: ['**/*.{js,cjs,mjs}'],
    ...tseslint.configs.disableTypeChecked,
    languageOptions: {
      ...tseslint.configs.disableTypeChecked.languageOptions,
      globals: {
        require: 'readonly',
        module: 'writable',
        __dirname: 'readonly',
        process: 'readonly',
        console: 'readonly',
      },
    },
    rules: {
      ...tseslint.configs.disableTypeChecked.rules,
      '@typescript-eslint/no-require-imports': 'off',
      'no-console': 'off',
    },
  },
  walls,
  {
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      // Answers of the API are looked into as they come: a wrong guess fails the test.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    ...n8nCommunityNodesPlugin.configs.recommended,
    files: NODE_PACKAGE,
    rules: asErrors(n8nCommunityNodesPlugin.configs.recommended.rules),
  },
  { files: NODE_PACKAGE, plugins: { 'n8n-nodes-base': n8nNodesBase } },
  {
    files: ['credentials/**/*.ts'],
    rules: {
      ...n8nNodesBase.configs.credentials.rules,
      // As n8n's scan has it: slugs are for n8n's own pages, and the community rule knows more.
      'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
      'n8n-nodes-base/cred-class-field-type-options-password-missing': 'off',
    },
  },
  {
    files: ['nodes/**/*.ts'],
    rules: {
      ...n8nNodesBase.configs.nodes.rules,
      // As n8n's scan has it: connections are constants today, and a limit may have a maximum.
      'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
      'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
      'n8n-nodes-base/node-param-type-options-max-value-present': 'off',
    },
  },
  {
    files: ['package.json', '{nodes,credentials}/**/*.json'],
    ...tseslint.configs.disableTypeChecked,
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: { projectService: false, project: false, extraFileExtensions: ['.json'] },
    },
    rules: {
      ...tseslint.configs.disableTypeChecked.rules,
      // A JSON file is an expression on its own.
      '@typescript-eslint/no-unused-expressions': 'off',
    },
  },
  {
    files: ['package.json'],
    rules: n8nNodesBase.configs.community.rules,
  },
  prettier,
);
