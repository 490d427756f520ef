import { defineConfig } from 'vitest/config';
import { sourceLocations, tfjsResolveInNode } from './scripts/vite-shared.mjs';

const TESTS = ['src/**/*.test.{ts,tsx}', 'tests/unit/**/*.test.ts', 'tests/integration/**/*.test.ts'];

/** Tests that have a process of their own, which ends with what they leave in it. */
const OWN_PROCESS = [
  // They weigh the memory of the process, or take all that WebAssembly can have.
  'src/data/fuzz.test.ts',
  'src/engine/devices/wasm/high-memory.test.ts',
  // They open graphics devices, or the backends of TensorFlow.js that a process has one of.
  'src/engine/devices/tfjs/*.test.ts',
  'src/engine/devices/webgpu/**/!(pieces|precision-race|product-kernel|software-adapter|tuner).test.ts',
  'src/engine/memory/step-memory.test.ts',
  'tests/integration/{golden,gpu-profiles,headless-lost-device,picture-questions,predictions,wgsl}.test.ts',
  // They open servers, of which the process remembers connections.
  'src/model/hub/**/!(adapter-ref|model-id|progress).test.ts',
  'src/share/hub/*.test.ts',
  'tests/integration/{headless-data,headless-hub-adapters}.test.ts',
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
    setupFiles: ['tests/fast-check-seed.ts', 'tests/unstub.ts', 'tests/dawn-polls.ts'],
    // tfjs ships extensionless ES modules, which only a bundler resolves; inlining also keeps it to one copy.
    server: { deps: { inline: [/@tensorflow\//] } },
    deps: { optimizer: { ssr: { enabled: true, include: BUNDLED } } },
    // Far above what anything takes, on a machine that does ten other things.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // Mesa's software card compiles shaders without LLVM's optimisations: that takes a tenth of the time, and tests run few steps of small models.
    env: { GALLIVM_PERF: 'nopt' },
    pool: 'forks',
    // Two suit the smallest machines we test on.
    maxWorkers: 2,
    projects: [
      { extends: true, test: { name: 'own process', include: OWN_PROCESS } },
      // Starting a process and importing the modules costs more than most of these tests: a process keeps them for all of its files.
      { extends: true, test: { name: 'shared process', include: TESTS, exclude: OWN_PROCESS, isolate: false } },
    ],
  },
});
