/** What stands behind WebGPU in this browser, before a device is asked for. */
import { infoOf, type SaidInfo } from './devices/webgpu/adapter-info.ts';
import { isSoftware } from './devices/webgpu/software-adapter.ts';

interface Source {
  requestAdapter(options: GPURequestAdapterOptions): Promise<{ readonly info?: SaidInfo } | null>;
}

const ofBrowser = (): Source | undefined => ('gpu' in navigator ? navigator.gpu : undefined);

/** Whether the browser reports a graphics adapter, and whether that is hardware. What fails on the way is no adapter: the choice of a device goes on without. */
export async function findAdapter(source = ofBrowser()): Promise<'hardware' | 'software' | 'none'> {
  try {
    const adapter = await source?.requestAdapter({ powerPreference: 'high-performance' });
    if (!adapter) return 'none';
    return isSoftware(infoOf(adapter.info)) ? 'software' : 'hardware';
  } catch {
    return 'none';
  }
}
