/** What an adapter says of itself. Browsers came to it one by one: Chrome before 127 has no `info`, and every browser has had fields of it before others. */

export interface AdapterInfo extends Pick<GPUAdapterInfo, 'vendor' | 'architecture' | 'device' | 'description'> {
  readonly isFallbackAdapter: boolean;
  /** Lanes of its subgroups; 0 where it does not tell. */
  readonly subgroupMinSize: number;
  readonly subgroupMaxSize: number;
}

/** What browsers may leave out of it, whatever the types of today promise. */
export type SaidInfo = Partial<GPUAdapterInfo>;

/** Empty and 0 where it does not tell. Fields are read one by one: those of a browser's object are not its own, and no spread copies them. */
export const infoOf = (info: SaidInfo = {}): AdapterInfo => ({
  vendor: info.vendor ?? '',
  architecture: info.architecture ?? '',
  device: info.device ?? '',
  description: info.description ?? '',
  isFallbackAdapter: info.isFallbackAdapter === true,
  subgroupMinSize: info.subgroupMinSize ?? 0,
  subgroupMaxSize: info.subgroupMaxSize ?? 0,
});

/** Of an adapter that says nothing of itself. */
export const UNNAMED = 'unnamed adapter';

/** As it is shown. */
export const nameOf = ({ vendor, architecture, description }: AdapterInfo): string =>
  description || [vendor, architecture].filter(Boolean).join(' ') || UNNAMED;

/** What every adapter is asked for with, so that what is said of one holds for the device. */
export const PREFERRED: GPURequestAdapterOptions = { powerPreference: 'high-performance' };

/** Undefined where the browser has no WebGPU. */
export const gpuOfBrowser = (): GPU | undefined => ('gpu' in navigator ? navigator.gpu : undefined);
