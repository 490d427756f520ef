import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

export default defineConfig(
  globalIgnores([
    'dist',
    'packages/*/dist',
    'packages/*/page',
    'node_modules',
    'coverage',
    'test-results',
    'playwright-report',
    'src/engine/devices/wasm/kernels',
    'scripts/pretrain/kernels',
    'public',
  ]),
  // Comments cannot switch a rule off: either the code or this file changes.
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.{ts,tsx}'],
    // Rules that need types are those of .oxlintrc.json, whose compiler takes a sixth of the time.
    extends: [tseslint.configs.recommended],
    rules: {
      eqeqeq: 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-import-type-side-effects': 'error',
      // The other linter has comments of its own.
      'no-warning-comments': ['error', { terms: ['oxlint-disable'], location: 'anywhere' }],
      'no-restricted-syntax': [
        'error',
        {
          selector: 'NewExpression[callee.name="TextDecoder"] > Literal[value=/latin|ascii|8859/i]',
          message:
            'Browsers take this encoding for windows-1252, Node does not: use byteText of data/files/byte-text.ts.',
        },
        {
          selector: 'MemberExpression[object.name="crypto"][property.name=/^(subtle|randomUUID)$/]',
          message: 'Pages over http, as in a classroom, lack it: use model/hub/sha256.ts and platform/random-id.ts.',
        },
      ],
    },
  },
  // Service workers run where pages are served securely.
  { files: ['src/service-worker.ts'], rules: { 'no-restricted-syntax': 'off' } },
  { files: ['src/ui/**/*.{ts,tsx}', 'src/main.tsx'], extends: [reactHooks.configs.flat.recommended] },
  {
    files: ['**/*.{js,mjs,cjs}'],
    rules: { eqeqeq: 'error', 'no-var': 'error', 'prefer-const': 'error', 'no-unused-vars': 'error' },
  },
);
