/** Which unit tests run in Chromium as well, and why the others do not. */

/** Layers whose tests run in both places: what of them runs in the page runs in a worker or in the page alone, not in Node. */
export const LAYERS = ['core', 'copra', 'platform', 'model', 'engine', 'data', 'share'] as const;

/** What a browser does not have: the mark of it in a test, and why the test needs it. */
export const NEEDS = {
  server: {
    mark: /'node:http'|test-fetch\.ts'|local-hub\.ts'/,
    why: 'a server of its own, which it starts, cuts off and asks what was requested',
  },
  programs: {
    mark: /test-tools\.ts'|python\.ts'/,
    why: 'programs of the system (python3, tar) as an independent witness',
  },
  sharp: { mark: /'sharp'/, why: 'images that sharp draws, for readers that take bytes' },
  dawn: {
    mark: /dawn-node\.ts'|webgpu-devices\.ts'|openNodeDevice\('tfjs-webgpu'/,
    why: "WebGPU by Dawn; tests/e2e/emulated-gpu.spec.ts runs the browser's own",
  },
  processMemory: {
    mark: /process\.memoryUsage/,
    why: 'the memory of the process, which 120,000 damaged files must not fill',
  },
} as const;

/** Tests of these layers that run in Node only. tests/integration/browser-suite.test.ts keeps the list exact. */
export const NODE_ONLY: Readonly<Record<string, keyof typeof NEEDS>> = {
  'src/model/hub/fetch-model.test.ts': 'server',
  'src/model/hub/fetch-from-server.test.ts': 'server',
  'src/model/hub/stored-models.test.ts': 'server',
  'src/model/hub/adapters/fetch-adapters.test.ts': 'server',
  'src/share/hub/publish.test.ts': 'server',
  'src/data/remote/address.test.ts': 'server',
  'src/model/peft/peft-python.test.ts': 'programs',
  'src/share/python/card.test.ts': 'programs',
  'src/share/python/foreign-names.test.ts': 'programs',
  'src/share/python/images.test.ts': 'programs',
  'src/share/python/laws.test.ts': 'programs',
  'src/share/python/notebook.test.ts': 'programs',
  'src/share/python/retained.test.ts': 'programs',
  'src/share/python/kept-runs.test.ts': 'programs',
  'src/share/python/script-draws.test.ts': 'programs',
  'src/share/python/script.test.ts': 'programs',
  'src/data/formats/numpy.test.ts': 'programs',
  'src/data/archive/tar-programs.test.ts': 'programs',
  'src/data/image/image-header.test.ts': 'sharp',
  'src/data/dataset/near-duplicates.test.ts': 'sharp',
  'src/data/fuzz.test.ts': 'processMemory',
  'src/engine/devices/tfjs/tfjs-webgpu.test.ts': 'dawn',
  'src/engine/devices/webgpu/binding-limit.test.ts': 'dawn',
  'src/engine/devices/webgpu/gpu-kernels.test.ts': 'dawn',
  'src/engine/devices/webgpu/ops/gather.test.ts': 'dawn',
  'src/engine/devices/webgpu/ops/kept-halves.test.ts': 'dawn',
  'src/engine/devices/webgpu/ops/linear.test.ts': 'dawn',
  'src/engine/devices/webgpu/ops/objective.test.ts': 'dawn',
  'src/engine/devices/webgpu/ops/optimizer.test.ts': 'dawn',
  'src/engine/devices/webgpu/out-of-memory.test.ts': 'dawn',
  'src/engine/memory/step-memory.test.ts': 'dawn',
  'src/engine/devices/webgpu/proven-kernels.test.ts': 'dawn',
  'src/engine/devices/webgpu/lost-device.test.ts': 'dawn',
  'src/engine/devices/webgpu/read-values.test.ts': 'dawn',
  'src/engine/devices/webgpu/runtime.test.ts': 'dawn',
  'src/engine/devices/webgpu/step-repeater.test.ts': 'dawn',
  'src/engine/devices/webgpu/timer.test.ts': 'dawn',
  'src/engine/devices/webgpu/tuning/asked-subgroups.test.ts': 'dawn',
  'src/engine/devices/webgpu/tuning/device-tuner.test.ts': 'dawn',
  'src/engine/devices/webgpu/tuning/element-forms.test.ts': 'dawn',
  'src/engine/devices/webgpu/tuning/gpu-bench.test.ts': 'dawn',
  'src/engine/devices/webgpu/tuning/kernel-forms.test.ts': 'dawn',
  'src/engine/devices/webgpu/warm-up.test.ts': 'dawn',
  'src/engine/devices/webgpu/webgpu-device.test.ts': 'dawn',
};

/** Modules that stand in for those of Node when the tests run in a browser. */
export const STAND_INS: Readonly<Record<string, string>> = {
  'tests/support/disk.ts': 'tests/browser/disk.ts',
  'src/engine/node.ts': 'tests/browser/engine.ts',
  'src/engine/devices/wasm/node.ts': 'tests/browser/wasm-device.ts',
};
