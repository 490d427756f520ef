/** Which of two devices computes a study, where nobody chose: the one that a short measurement shows to be faster. */
import { errorText } from '../core/error-text.ts';
import type { Engine } from './engine.ts';
import { secondsPerStep } from './pace.ts';
import { ENGINE_NOTICES } from './words.ts';

const milliseconds = (seconds: number): number => Math.round(1000 * seconds);

/** Which of two engines a study gets. */
export interface FasterEngine {
  /** Null where both fail. */
  readonly engine: Engine | null;
  /** Whether neither fails. */
  readonly bothWork: boolean;
  /** Sentences for the user. */
  readonly notices: string[];
}

interface Comparison {
  /** Seconds per step; absent: of a small model. */
  readonly measure?: (engine: Engine) => Promise<number>;
  /** Is told of failures of the graphics card. */
  readonly note?: (error: unknown) => void;
}

/** The engine that is faster per step. Disposes of the other one, and of one that fails while it is measured: it would fail in the study. */
export async function fasterEngine(
  wasm: Engine,
  gpu: Engine,
  { measure = (engine) => secondsPerStep(engine), note }: Comparison = {},
): Promise<FasterEngine> {
  const notices: string[] = [];
  const timeOf = async (engine: Engine, name: string): Promise<number> => {
    try {
      return await measure(engine);
    } catch (error) {
      if (engine === gpu) note?.(error);
      notices.push(ENGINE_NOTICES.failed(name, errorText(error)));
      return Infinity;
    }
  };
  const onWasm = await timeOf(wasm, ENGINE_NOTICES.wasmKernels);
  const onGpu = await timeOf(gpu, 'WebGPU');
  const bothWork = notices.length === 0;
  if (bothWork) notices.push(ENGINE_NOTICES.measured(milliseconds(onWasm), milliseconds(onGpu)));
  const chosen = onGpu < onWasm ? gpu : wasm;
  const works = Math.min(onGpu, onWasm) < Infinity;
  for (const engine of [wasm, gpu]) if (engine !== chosen || !works) engine.dispose();
  return { engine: works ? chosen : null, bothWork, notices };
}
