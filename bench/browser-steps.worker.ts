/** Measures the JavaScript time of a WebGPU step in a browser worker; replies once. */
import { evaluationBudget } from '../src/engine/budget.ts';
import { createDeviceEngine } from '../src/engine/passes/device-engine.ts';
import { openWebgpu } from '../src/engine/devices/webgpu/webgpu-device.ts';
import { createEngineContender } from './engine-contender.ts';
import { javascriptOfSteps, type StepJavascript } from './step-javascript.ts';
import { emojiClipShapes } from './step-problem.ts';

export type StepsAnswer =
  | (StepJavascript & { readonly adapter: string; readonly runs: number })
  | { readonly error: string };

const RUNS = 4;
/** Images: what JavaScript does per image is a few numbers, what an emulated adapter does is minutes of waiting. */
const BATCH = 2;

async function measure(): Promise<StepsAnswer> {
  const device = await openWebgpu();
  const engine = createDeviceEngine(device, evaluationBudget(device.info));
  const problem = emojiClipShapes(RUNS, BATCH);
  engine.load(problem.backbone);
  const contender = createEngineContender('engine', engine, problem);
  // The first steps compile the kernels and create the buffers.
  for (let step = 0; step < 3; step++) await contender.step(step);
  return { ...(await javascriptOfSteps(contender)), adapter: engine.info.device, runs: RUNS };
}

measure().then(
  (answer) => self.postMessage(answer),
  (error: unknown) => self.postMessage({ error: String(error) } satisfies StepsAnswer),
);
