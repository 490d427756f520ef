/** What stands behind WebGPU in this browser, before a device is asked for. */
import { gpuOfBrowser, infoOf, nameOf, PREFERRED, type SaidInfo } from './devices/webgpu/adapter-info.ts';
import { inTime } from './devices/webgpu/in-time.ts';
import { isSoftware } from './devices/webgpu/software-adapter.ts';

interface Source {
  requestAdapter(options: GPURequestAdapterOptions): Promise<{ readonly info?: SaidInfo } | null>;
}

/** The graphics adapter that a device would be asked of. */
export interface FoundGpuAdapter {
  /** Untrusted: hardware that is known to compute wrongly. */
  readonly kind: 'hardware' | 'untrusted' | 'software' | 'none';
  /** As it is shown; empty where there is none. */
  readonly name: string;
}

const NONE: FoundGpuAdapter = { kind: 'none', name: '' };

/** Vendors whose drivers do not clear the memory of workgroups, and now and then compute wrongly: PowerVR. */
const UNTRUSTED: readonly string[] = ['img-tec'];

/** Whether the browser reports a graphics adapter, and what that is. What fails on the way is no adapter: the choice of a device goes on without. */
export async function findGpuAdapter(source: Source | undefined = gpuOfBrowser()): Promise<FoundGpuAdapter> {
  try {
    const adapter = source && (await inTime(source.requestAdapter(PREFERRED)));
    if (!adapter) return NONE;
    const info = infoOf(adapter.info);
    const ofCard = UNTRUSTED.includes(info.vendor) ? 'untrusted' : 'hardware';
    return { kind: isSoftware(info) ? 'software' : ofCard, name: nameOf(info) };
  } catch {
    return NONE;
  }
}
