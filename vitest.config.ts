import { defineConfig } from 'vitest/config';
import { sourceLocations, tfjsResolveInNode } from './scripts/vite-shared.mjs';

const TESTS = ['src/**/*.test.{ts,tsx}', 'tests/unit/**/*.test.ts', 'tests/integration/**/*.test.ts'];

/**
 * Tests that open devices or servers, or weigh the memory they run in: each file has a process of its own, with which WASM memories, GPU devices and what a
 * server remembers end.
 */
const OWN_PROCESS = [
  'src/engine/**/*.test.ts',
  'src/data/fuzz.test.ts',
  'src/model/hub/**/*.test.ts',
  'src/share/hub/**/*.test.ts',
  'tests/unit/pretrain/**/*.test.ts',
  'tests/integration/**/*.test.ts',
];

/** What lies among them and opens neither: starting a process for it costs a second. */
const NEITHER = [
  'src/engine/devices/reference/*.test.ts',
  'src/engine/devices/webgpu/{pieces,software-adapter,tuning/tuner}.test.ts',
  'src/engine/measure/*.test.ts',
  'src/engine/memory/plan-training.test.ts',
  'src/engine/passes/{added-update,device-engine,gradients,optimizer,replaced-maps,variants}.test.ts',
  'src/model/hub/{adapters/adapter-ref,http-headers,hub-job,model-id}.test.ts',
  'tests/integration/{browser-suite,build-atlases,interval-coverage,packages,python-files,python-gates,recipes,step-work}.test.ts',
  'tests/unit/pretrain/contrastive-loss.test.ts',
];

/** Made one file each, once: reading their thousand modules takes every process a second. The WASM backend names files beside itself and stays as it is. */
const BUNDLED = [
  '@tensorflow/tfjs-core',
  '@tensorflow/tfjs-core/dist/register_all_gradients',
  '@tensorflow/tfjs-backend-cpu',
  '@tensorflow/tfjs-backend-webgpu',
];

export default defineConfig({
  plugins: [sourceLocations()],
  resolve: tfjsResolveInNode,
  ssr: { resolve: { mainFields: tfjsResolveInNode.mainFields } },
  test: {
    environment: 'node',
    globalSetup: ['tests/global-setup.ts'],
    setupFiles: ['tests/fast-check-seed.ts'],
    // tfjs ships extensionless ES modules, which only a bundler resolves; inlining also keeps it to one copy.
    server: { deps: { inline: [/@tensorflow\//] } },
    deps: { optimizer: { ssr: { enabled: true, include: BUNDLED } } },
    testTimeout: 120_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // Two suit the smallest machines we test on.
    maxWorkers: 2,
    projects: [
      { extends: true, test: { name: 'own process', include: OWN_PROCESS, exclude: NEITHER } },
      // Importing the modules costs more than most of these tests: a process keeps them for all of its files.
      { extends: true, test: { name: 'shared process', include: TESTS, exclude: OWN_PROCESS, isolate: false } },
      { extends: true, test: { name: 'shared process, beside devices', include: NEITHER, isolate: false } },
    ],
  },
});
