/** What stands behind WebGPU in this browser, before a device is asked for. */
import { gpuOfBrowser, infoOf, PREFERRED, type SaidInfo } from './devices/webgpu/adapter-info.ts';
import { isSoftware } from './devices/webgpu/software-adapter.ts';

interface Source {
  requestAdapter(options: GPURequestAdapterOptions): Promise<{ readonly info?: SaidInfo } | null>;
}

/** Whether the browser reports a graphics adapter, and whether that is hardware. What fails on the way is no adapter: the choice of a device goes on without. */
export async function findAdapter(
  source: Source | undefined = gpuOfBrowser(),
): Promise<'hardware' | 'software' | 'none'> {
  try {
    const adapter = await source?.requestAdapter(PREFERRED);
    if (!adapter) return 'none';
    return isSoftware(infoOf(adapter.info)) ? 'software' : 'hardware';
  } catch {
    return 'none';
  }
}
