import { defineConfig } from 'vitest/config';
import { sourceLocations, tfjsResolveInNode } from './scripts/vite-shared.mjs';

export default defineConfig({
  plugins: [sourceLocations()],
  resolve: tfjsResolveInNode,
  ssr: { resolve: { mainFields: tfjsResolveInNode.mainFields } },
  test: {
    environment: 'node',
    include: ['src/**/*.test.{ts,tsx}', 'tests/unit/**/*.test.ts', 'tests/integration/**/*.test.ts'],
    globalSetup: ['tests/global-setup.ts'],
    setupFiles: ['tests/fast-check-seed.ts'],
    // tfjs ships extensionless ES modules, which only a bundler resolves; inlining also keeps it to one copy.
    server: { deps: { inline: [/@tensorflow\//] } },
    testTimeout: 120_000,
    hookTimeout: 60_000,
    // Files run in processes of their own: WASM memories and GPU devices end with them. Two suit the smallest machines we test on.
    pool: 'forks',
    maxWorkers: 2,
  },
});
