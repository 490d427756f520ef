/** A device that executes and times every operation separately, in CPU time, so that a loaded machine does not distort the shares. */
import type { Device } from '../src/engine/device.ts';

export interface ProfileLine {
  readonly calls: number;
  /** CPU time of recording and execution. */
  readonly milliseconds: number;
  readonly recording: number;
}

/** Lines by operation; linear maps are also split by shape. */
export type Profile = Map<string, ProfileLine>;

function processorMilliseconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Bookkeeping that computes nothing. */
const UNTIMED = new Set(['free', 'shape', 'read', 'readAll', 'memoryBytes', 'dispose', 'linear', 'freeLinear']);

function nameOf(operation: string, args: readonly unknown[]): string {
  const map = args[1];
  if (typeof map !== 'object' || map === null || !('inFeatures' in map && 'outFeatures' in map)) return operation;
  const lora = args[3] ? ' + LoRA' : '';
  return `${operation} ${String(map.inFeatures)} → ${String(map.outFeatures)}${lora}`;
}

export function profiled<T>(device: Device<T>): { device: Device<T>; profile: Profile } {
  const profile: Profile = new Map();
  const probe = device.zeros(1, 1);
  const add = (name: string, recording: number, milliseconds: number) => {
    const line = profile.get(name);
    profile.set(name, {
      calls: (line?.calls ?? 0) + 1,
      milliseconds: (line?.milliseconds ?? 0) + milliseconds,
      recording: (line?.recording ?? 0) + recording,
    });
  };
  const observed = new Proxy(device, {
    get(target, key) {
      if (key === 'fused') return undefined; // the passes then call single operations, which are what is told apart here
      const member: unknown = Reflect.get(target, key);
      if (typeof member !== 'function') return member;
      const operation = String(key);
      if (UNTIMED.has(operation)) return (...args: unknown[]) => Reflect.apply(member, target, args) as unknown;
      return (...args: unknown[]) => {
        const start = processorMilliseconds();
        const result: unknown = Reflect.apply(member, target, args);
        const recorded = processorMilliseconds();
        // The wasm device executes recorded work before `read` returns its promise.
        void target.read(probe);
        add(nameOf(operation, args), recorded - start, processorMilliseconds() - start);
        return result;
      };
    },
  });
  return { device: observed, profile };
}
